package com.alphaxiii.polygon.server;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufOutputStream;
import io.netty.buffer.Unpooled;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.internal.buffer.BufferInternal;
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
   * @return false when its body was kept and is not any longer: nothing was sent then
   */
  static boolean send(HttpServerRequest request, Answer answer, boolean gzip, ReaderPace pace) {
    HttpServerResponse response = request.response();
    ByteBuf whole = null;
    if (answer.body() instanceof KeptBody kept) {
      whole = kept.take(gzip);
      if (whole == null) {
        return false;
      }
    }
    head(response, answer, gzip);
    ResponseStream out = new ResponseStream(response, pace);
    try {
      if (whole != null) {
        out.writeWhole(whole);
      } else if (answer.hasBody()) {
        OutputStream body = gzip ? new FastGzip(out) : out;
        answer.body().writeTo(body);
        // Only now: what is closed ends well, and an answer that broke off must not look whole.
        body.close();
      } else {
        response.end();
      }
    } catch (IOException e) {
      LOG.debug("An answer was not sent whole: {}", e.getMessage());
      Patience.cut(request.connection());
    } catch (RuntimeException | Error e) {
      if (!response.closed()) {
        LOG.error("An answer could not be written ({})", response.headers().get(REQUEST_ID), e);
      }
      Patience.cut(request.connection());
    } finally {
      out.discard();
    }
    return true;
  }

  /** Sends an answer whose body is there, from the loop; the body stays the caller's. */
  static Future<Void> sendWhole(
      HttpServerResponse response, Answer answer, ByteBuf body, boolean gzip) {
    head(response, answer, gzip);
    response.putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.readableBytes()));
    return response.end(BufferInternal.buffer(body));
  }

  /** Sets what goes before the body. */
  static void head(HttpServerResponse response, Answer answer, boolean gzip) {
    response.setStatusCode(answer.status());
    answer.headers().forEach((name, value) -> response.headers().add(name, value));
    response.headers().add(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
    if (answer.hasBody()) {
      response.putHeader(HttpHeaders.CONTENT_TYPE, answer.contentType());
      if (gzip) {
        response.putHeader(HttpHeaders.CONTENT_ENCODING, "gzip");
      }
    }
  }

  /** The compressed form of a buffer, which is not changed. */
  static ByteBuf compressed(ByteBuf bytes) {
    int length = bytes.writerIndex();
    ByteBuf compressed = Unpooled.directBuffer(length / 4 + GZIP_BLOCK);
    try (OutputStream out = new FastGzip(new ByteBufOutputStream(compressed))) {
      bytes.getBytes(0, out, length);
    } catch (IOException e) {
      compressed.release();
      throw new UncheckedIOException(e);
    }
    return compressed.capacity(compressed.writerIndex());
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
