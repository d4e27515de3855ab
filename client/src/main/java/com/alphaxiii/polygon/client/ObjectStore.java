package com.alphaxiii.polygon.client;

import com.alphaxiii.polygon.core.NanoClock;
import com.alphaxiii.polygon.core.PolygonException;
import com.alphaxiii.polygon.core.Secret;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Reads a bucket of an object store over the S3 protocol: lists and gets, each request signed, its
 * address path-style. What may pass is tried again, four times in all. Thread-safe.
 */
public final class ObjectStore implements AutoCloseable {
  private static final String DEFAULT_BUCKET = "flatfiles";
  private static final int ATTEMPTS = 4;
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final Duration ANSWER = Duration.ofMinutes(1);

  /** 28 MB, a day's minutes, come in a minute over 4 Mbit/s; more is for slower lines. */
  private static final Duration DOWNLOAD = Duration.ofMinutes(30);

  private final URI base;
  private final String bucket;
  private final AwsSignature signature;
  private final InstantSource clock;
  private final NanoClock nanoClock;
  private final HttpClient http =
      HttpClient.newBuilder()
          .connectTimeout(CONNECT)
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NEVER)
          .proxy(HttpClient.Builder.NO_PROXY)
          .build();

  /**
   * A bucket of a store.
   *
   * @param url {@code https://files.massive.com}, perhaps with a bucket as its path; else it is
   *     {@code flatfiles}
   * @param accessKey names the key pair that the vendor's dashboard gives
   * @param secretKey its other half
   */
  public ObjectStore(
      URI url, Secret accessKey, Secret secretKey, InstantSource clock, NanoClock nanoClock) {
    String path = url.getPath() == null ? "" : url.getPath().replaceAll("^/+|/+$", "");
    this.base = url;
    this.bucket = path.isEmpty() ? DEFAULT_BUCKET : path;
    this.signature = new AwsSignature(accessKey, secretKey, "us-east-1", "s3");
    this.clock = clock;
    this.nanoClock = nanoClock;
  }

  /**
   * An object as it is listed.
   *
   * @param etag without quotes
   */
  record Item(String key, String etag, long bytes) {}

  /** Whether what was downloaded is what the store has. */
  interface Proof {
    boolean holds(Path file, String etag) throws IOException;
  }

  /** All objects whose key begins so. */
  List<Item> list(String prefix) {
    List<Item> items = new ArrayList<>();
    String token = "";
    do {
      Map<String, String> query = new TreeMap<>(Map.of("list-type", "2", "prefix", prefix));
      if (!token.isEmpty()) {
        query.put("continuation-token", token);
      }
      String subject = "list of " + prefix;
      Page page =
          trying(
              subject,
              () -> {
                HttpResponse<byte[]> answer =
                    send(
                        "",
                        AwsSignature.query(query),
                        ANSWER,
                        HttpResponse.BodyHandlers.ofByteArray());
                check(subject, answer.statusCode(), answer.body());
                return Page.parse(answer.body());
              });
      items.addAll(page.items());
      token = page.next();
    } while (!token.isEmpty());
    return items;
  }

  /**
   * Brings an object here.
   *
   * @param target file that is written; what it had is lost
   * @return its ETag without quotes
   */
  String get(String key, Path target, Proof proof) {
    return trying(
        key,
        () -> {
          HttpResponse<Path> answer =
              send("/" + key, "", DOWNLOAD, HttpResponse.BodyHandlers.ofFile(target));
          if (answer.statusCode() != 200) {
            check(key, answer.statusCode(), Files.readAllBytes(target));
          }
          String etag = unquoted(answer.headers().firstValue("ETag").orElse(""));
          if (!proof.holds(target, etag)) {
            throw new IOException("what arrived has another checksum than the store says");
          }
          return etag;
        });
  }

  private static String unquoted(String etag) {
    return etag.replace("\"", "");
  }

  private interface Try<T> {
    T run() throws IOException, InterruptedException;
  }

  private <T> T trying(String subject, Try<T> action) {
    Duration pause = FIRST_PAUSE;
    try {
      for (int attempt = 1; ; attempt++) {
        try {
          return action.run();
        } catch (IOException e) {
          if (attempt == ATTEMPTS) {
            throw new PolygonException.Unavailable(
                "%s of %s: %s, %d times in a row; try again later"
                    .formatted(subject, where(), e.getMessage(), attempt),
                null,
                e);
          }
        }
        nanoClock.sleep(pause);
        pause = pause.multipliedBy(2);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PolygonException.Unavailable(
          "%s of %s: interrupted".formatted(subject, where()), null, e);
    }
  }

  private <T> HttpResponse<T> send(
      String path, String query, Duration patience, HttpResponse.BodyHandler<T> body)
      throws IOException, InterruptedException {
    String sentPath = AwsSignature.path("/" + bucket + path);
    String host = base.getHost() + (base.getPort() < 0 ? "" : ":" + base.getPort());
    Map<String, String> headers =
        Map.of(
            "host",
            host,
            "x-amz-content-sha256",
            AwsSignature.NO_BODY,
            "x-amz-date",
            AwsSignature.time(clock.instant()));
    URI uri =
        URI.create(
            base.getScheme() + "://" + host + sentPath + (query.isEmpty() ? "" : "?" + query));
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri)
            .timeout(ANSWER)
            .header(
                "Authorization",
                signature.authorization("GET", sentPath, query, headers, AwsSignature.NO_BODY));
    headers.forEach(
        (name, value) -> {
          // The client writes it itself, in the same way.
          if (!name.equals("host")) {
            request.header(name, value);
          }
        });
    var sent = http.sendAsync(request.build(), body);
    try {
      return sent.get(patience.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new IOException("no whole answer within " + patience, e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException cause) {
        throw new IOException(
            cause.getMessage() == null ? cause.toString() : cause.getMessage(), cause);
      }
      throw new IllegalStateException(e.getCause());
    } finally {
      sent.cancel(true);
    }
  }

  /** An {@link IOException} for what may pass, else what the caller can do. */
  private void check(String subject, int status, byte[] body) throws IOException {
    if (status == 200) {
      return;
    }
    String code = Page.element(body, "Code");
    String told =
        "%s of %s: status %d%s"
            .formatted(subject, where(), status, code.isEmpty() ? "" : " " + code);
    if (status >= 500 || status == 429 || code.equals("RequestTimeout")) {
      throw new IOException("status " + status + " " + code);
    }
    switch (code) {
      case "InvalidAccessKeyId", "SignatureDoesNotMatch" ->
          throw new PolygonException.Unauthorized(
              told
                  + ": see POLYGON_S3_ACCESS_KEY and POLYGON_S3_SECRET_KEY, which the vendor's"
                  + " dashboard gives beside the API key",
              null);
      case "RequestTimeTooSkewed" ->
          throw new PolygonException.Unauthorized(
              told + ": this machine's clock is wrong by more than the store allows; set it", null);
      default -> {}
    }
    switch (status) {
      case 401, 403 ->
          throw new PolygonException.NotEntitled(
              told + ": the plan behind these keys does not have this file", null);
      case 404 -> throw new PolygonException.NotFound(told + ": it is not there (any more)", null);
      default ->
          throw new PolygonException.InvalidRequest(
              told
                  + ": see that POLYGON_FLATFILES_URL names an S3 store, with the bucket as its"
                  + " path",
              null);
    }
  }

  private String where() {
    return base.getHost() + "/" + bucket;
  }

  @Override
  public void close() {
    http.shutdownNow();
  }

  /**
   * One page of a list.
   *
   * @param next the token of the page that follows; empty when none does
   */
  private record Page(List<Item> items, String next) {
    private static final XMLInputFactory XML = factory();

    private static XMLInputFactory factory() {
      XMLInputFactory factory = XMLInputFactory.newFactory();
      factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
      factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
      return factory;
    }

    static Page parse(byte[] body) throws IOException {
      List<Item> items = new ArrayList<>();
      String next = "";
      Map<String, String> fields = new TreeMap<>();
      try {
        XMLStreamReader reader = XML.createXMLStreamReader(new ByteArrayInputStream(body));
        StringBuilder text = new StringBuilder();
        while (reader.hasNext()) {
          switch (reader.next()) {
            case XMLStreamConstants.START_ELEMENT -> text.setLength(0);
            case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA ->
                text.append(reader.getText());
            case XMLStreamConstants.END_ELEMENT -> {
              String name = reader.getLocalName();
              if (name.equals("Contents")) {
                item(fields).ifPresent(items::add);
                fields.clear();
              } else if (name.equals("NextContinuationToken")) {
                next = text.toString();
              } else {
                fields.put(name, text.toString().strip());
              }
              text.setLength(0);
            }
            default -> {}
          }
        }
      } catch (XMLStreamException | NumberFormatException e) {
        throw new IOException("the list cannot be read: " + e.getMessage(), e);
      }
      return new Page(items, next);
    }

    /** Some stores list folders too, as objects that end in a slash. */
    private static Optional<Item> item(Map<String, String> fields) throws IOException {
      String key = fields.get("Key");
      if (key != null && key.endsWith("/")) {
        return Optional.empty();
      }
      String etag = fields.get("ETag");
      String bytes = fields.get("Size");
      if (key == null || etag == null || bytes == null) {
        throw new IOException("the list has an object without key, ETag or size: " + key);
      }
      return Optional.of(new Item(key, unquoted(etag), Long.parseLong(bytes)));
    }

    /** The text of the first such element; empty when there is none or it is no XML. */
    static String element(byte[] body, String wanted) {
      try {
        XMLStreamReader reader = XML.createXMLStreamReader(new ByteArrayInputStream(body));
        while (reader.hasNext()) {
          if (reader.next() == XMLStreamConstants.START_ELEMENT
              && reader.getLocalName().equals(wanted)) {
            return reader.getElementText().strip();
          }
        }
        return "";
      } catch (XMLStreamException e) {
        return "";
      }
    }
  }
}
