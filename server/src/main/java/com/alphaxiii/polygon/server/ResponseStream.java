package com.alphaxiii.polygon.server;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The body of an answer, written from a virtual thread: as a whole with its length when it is one
 * block, else in chunks, of which at most two are on their way at a time.
 */
final class ResponseStream extends OutputStream {
  private static final int BLOCK = 64 * 1024;
  private static final long PATIENCE_SECONDS = 60;

  private final HttpServerResponse response;
  private Buffer block = Buffer.buffer();
  private boolean chunked;
  private Future<Void> previous = Future.succeededFuture();

  ResponseStream(HttpServerResponse response) {
    this.response = response;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int length) throws IOException {
    if (block.length() > 0 && block.length() + length > BLOCK) {
      send();
    }
    block.appendBytes(bytes, from, length);
  }

  private void send() throws IOException {
    if (!chunked) {
      response.setChunked(true);
      chunked = true;
    }
    Future<Void> written = response.write(block);
    block = Buffer.buffer();
    await(previous);
    previous = written;
  }

  private static void await(Future<Void> written) throws IOException {
    try {
      written.toCompletionStage().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new IOException("the client went away", e.getCause());
    } catch (TimeoutException e) {
      throw new IOException("the client read nothing for %d s".formatted(PATIENCE_SECONDS), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("the server is closing", e);
    }
  }

  @Override
  public void close() throws IOException {
    if (chunked) {
      await(previous);
    } else {
      response.putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(block.length()));
    }
    await(response.end(block));
  }
}
