package com.alphaxiii.polygon.client;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Sends one GET and receives the whole answer: no proxy of the system, no redirects, no cookies,
 * the key in a header. Blocks; callers are virtual threads.
 */
final class HttpTransport implements AutoCloseable {
  private static final long LARGEST_BODY = 256L << 20;

  private final HttpClient http;
  private final RestConfig config;
  private final String agent;
  private volatile boolean closed;

  HttpTransport(RestConfig config) {
    this.config = config;
    String version = HttpTransport.class.getPackage().getImplementationVersion();
    this.agent = "polygon-java/" + (version == null ? "dev" : version);
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .connectTimeout(config.timeout())
            .followRedirects(HttpClient.Redirect.NEVER)
            .proxy(HttpClient.Builder.NO_PROXY);
    // In clear text the client would ask to upgrade to HTTP/2, which some servers stumble over.
    this.http =
        "http".equalsIgnoreCase(config.base().getScheme())
            ? builder.version(HttpClient.Version.HTTP_1_1).build()
            : builder.build();
  }

  /**
   * An answer with all its bytes.
   *
   * @param body as sent, perhaps compressed
   */
  record Answer(int status, HttpHeaders headers, byte[] body) {
    /** The body, decompressed while it is read; an {@link IOException} there means it is cut. */
    InputStream content() throws IOException {
      InputStream raw = new ByteArrayInputStream(body);
      String encoding =
          headers.firstValue("Content-Encoding").orElse("identity").toLowerCase(Locale.ROOT);
      return switch (encoding) {
        case "identity" -> raw;
        case "gzip", "x-gzip" -> new Bounded(new GZIPInputStream(raw, 1 << 16));
        default -> throw new IOException("unknown Content-Encoding " + encoding);
      };
    }

    Optional<String> header(String name) {
      return headers.firstValue(name);
    }
  }

  /** The answer began and did not come to its end. */
  static final class CutException extends IOException {
    private static final long serialVersionUID = 1L;

    CutException(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /**
   * Sends and receives.
   *
   * @throws CutException when the answer ends before its body does
   * @throws IOException when no answer comes
   */
  Answer get(URI uri) throws IOException, InterruptedException {
    if (closed) {
      throw new IOException("the client is closed");
    }
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .header("Authorization", "Bearer " + config.key().reveal())
            .header("Accept", "application/json")
            .header("Accept-Encoding", "gzip")
            .header("User-Agent", agent)
            .method("GET", new SentOnce())
            .build();
    Progress progress = new Progress();
    CompletableFuture<HttpResponse<byte[]>> answer = http.sendAsync(request, progress);
    try {
      HttpResponse<byte[]> response = await(answer, progress);
      return new Answer(response.statusCode(), response.headers(), response.body());
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      if (progress.begun()) {
        throw new CutException("the answer breaks off: " + cause.getMessage(), cause);
      }
      if (cause instanceof UncheckedIOException unchecked) {
        throw unchecked.getCause();
      }
      throw cause instanceof IOException io ? io : new IOException(cause);
    } finally {
      // Without effect on an answer that came; else it stops the exchange.
      answer.cancel(true);
    }
  }

  /** Waits as long as bytes keep coming. */
  private HttpResponse<byte[]> await(
      CompletableFuture<HttpResponse<byte[]>> answer, Progress progress)
      throws InterruptedException, ExecutionException, IOException {
    long before = 0;
    while (true) {
      try {
        return answer.get(config.timeout().toNanos(), TimeUnit.NANOSECONDS);
      } catch (TimeoutException e) {
        long now = progress.bytes();
        if (now == before) {
          throw new HttpTimeoutException("nothing came for " + config.timeout());
        }
        before = now;
      }
    }
  }

  boolean closed() {
    return closed;
  }

  @Override
  public void close() {
    closed = true;
    http.shutdownNow();
  }

  /**
   * No body, and a guard: the library silently sends a GET again when the connection ends without
   * an answer, and that sending would have no permit of the budget. It asks for the body's length
   * at each sending, so the second asking is where it stops.
   */
  private static final class SentOnce implements BodyPublisher {
    private final AtomicBoolean sent = new AtomicBoolean();

    @Override
    public long contentLength() {
      if (!sent.compareAndSet(false, true)) {
        throw new UncheckedIOException(new IOException("the connection ended without an answer"));
      }
      return 0;
    }

    @Override
    public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
      BodyPublishers.noBody().subscribe(subscriber);
    }
  }

  /** Collects a body and tells how far it came. */
  private static final class Progress implements BodyHandler<byte[]> {
    private final AtomicLong received = new AtomicLong();

    @Override
    public BodySubscriber<byte[]> apply(HttpResponse.ResponseInfo head) {
      // The head counts as one byte, so that its coming is seen.
      received.set(1);
      return new Body(received);
    }

    boolean begun() {
      return received.get() > 0;
    }

    long bytes() {
      return received.get();
    }
  }

  private static final class Body implements BodySubscriber<byte[]> {
    private final BodySubscriber<byte[]> whole = BodySubscribers.ofByteArray();
    private final AtomicLong received;
    private Flow.@Nullable Subscription subscription;

    Body(AtomicLong received) {
      this.received = received;
    }

    @Override
    public CompletionStage<byte[]> getBody() {
      return whole.getBody();
    }

    @Override
    public void onSubscribe(Flow.Subscription begun) {
      subscription = begun;
      whole.onSubscribe(begun);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
      long more = buffers.stream().mapToLong(ByteBuffer::remaining).sum();
      if (received.addAndGet(more) > LARGEST_BODY) {
        if (subscription != null) {
          subscription.cancel();
        }
        whole.onError(new IOException("a body over " + LARGEST_BODY + " bytes"));
      } else {
        whole.onNext(buffers);
      }
    }

    @Override
    public void onError(Throwable problem) {
      whole.onError(problem);
    }

    @Override
    public void onComplete() {
      whole.onComplete();
    }
  }

  /** Ends a body that decompresses without end. */
  private static final class Bounded extends InputStream {
    private final InputStream source;
    private long left = 4 * LARGEST_BODY;

    Bounded(InputStream source) {
      this.source = source;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      int read = source.read(target, offset, length);
      left -= Math.max(0, read);
      if (left < 0) {
        throw new IOException("a body that decompresses to over " + 4 * LARGEST_BODY + " bytes");
      }
      return read;
    }

    @Override
    public void close() throws IOException {
      source.close();
    }
  }
}
