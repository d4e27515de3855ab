package com.alphaxiii.polygon.server;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends answers. */
final class Replies {
  static final String REQUEST_ID = "X-Request-Id";

  private static final Logger LOG = LoggerFactory.getLogger(Replies.class);

  private static final int GZIP_BLOCK = 16 * 1024;

  private Replies() {}

  /** Gives the request, and with it the answer, a name. */
  static void name(HttpServerRequest request, String id) {
    request.response().putHeader(REQUEST_ID, id);
  }

  static String requestId(HttpServerRequest request) {
    String id = request.response().headers().get(REQUEST_ID);
    return id == null ? "" : id;
  }

  /** Answers at once, on the loop: the router would otherwise answer with words of its own. */
  static void fail(HttpServerRequest request, Problem problem) {
    HttpServerResponse response = request.response();
    if (response.ended()) {
      return;
    }
    Answer.headersOf(problem).forEach(response::putHeader);
    response
        .setStatusCode(problem.status())
        .putHeader(HttpHeaders.CONTENT_TYPE, Problem.CONTENT_TYPE)
        .end(Buffer.buffer(problem.json(requestId(request))));
  }

  /** The same in another form, which must be small. */
  static void fail(HttpServerRequest request, Problem problem, Answer form) {
    HttpServerResponse response = request.response();
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    try {
      form.body().writeTo(body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Answer.headersOf(problem).forEach(response::putHeader);
    response
        .setStatusCode(form.status())
        .putHeader(HttpHeaders.CONTENT_TYPE, form.contentType())
        .end(Buffer.buffer(body.toByteArray()));
  }

  /**
   * Sends an answer from a virtual thread.
   *
   * @param pace at which the client must read it at least
   */
  static void send(HttpServerResponse response, Answer answer, boolean gzip, ReaderPace pace) {
    response.setStatusCode(answer.status());
    answer.headers().forEach((name, value) -> response.headers().add(name, value));
    response.headers().add(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
    if (!answer.hasBody()) {
      response.end();
      return;
    }
    response.putHeader(HttpHeaders.CONTENT_TYPE, answer.contentType());
    if (gzip) {
      response.putHeader(HttpHeaders.CONTENT_ENCODING, "gzip");
    }
    ResponseStream out = new ResponseStream(response, pace);
    try {
      if (answer.body() instanceof KeptBody kept) {
        out.writeWhole(gzip ? kept.compressed() : kept.bytes());
        return;
      }
      OutputStream body = gzip ? new FastGzip(out) : out;
      answer.body().writeTo(body);
      // Only now: what is closed ends well, and an answer that broke off must not look whole.
      body.close();
    } catch (IOException e) {
      LOG.debug("An answer was not sent whole: {}", e.getMessage());
      response.reset();
    } catch (RuntimeException | Error e) {
      if (!response.closed()) {
        LOG.error("An answer could not be written ({})", response.headers().get(REQUEST_ID), e);
      }
      response.reset();
    } finally {
      out.discard();
    }
  }

  static byte[] compressed(byte[] bytes) {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream(bytes.length / 4 + GZIP_BLOCK);
    try (OutputStream out = new FastGzip(compressed)) {
      out.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return compressed.toByteArray();
  }

  /** Quick rather than small: the usual client is on the same machine or network. */
  private static final class FastGzip extends GZIPOutputStream {
    FastGzip(OutputStream out) throws IOException {
      super(out, GZIP_BLOCK);
      def.setLevel(Deflater.BEST_SPEED);
    }
  }

  static boolean acceptsGzip(@Nullable String header) {
    if (header == null) {
      return false;
    }
    for (String coding : header.toLowerCase(Locale.ROOT).split(",", -1)) {
      String[] parts = coding.strip().split("\\s*;\\s*", -1);
      if (parts[0].equals("gzip") || parts[0].equals("*")) {
        return parts.length < 2 || !parts[1].matches("q=0(\\.0*)?");
      }
    }
    return false;
  }
}
