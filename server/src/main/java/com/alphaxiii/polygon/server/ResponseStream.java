package com.alphaxiii.polygon.server;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.internal.buffer.BufferInternal;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The body of an answer, written from a virtual thread: as a whole with its length when it is one
 * block, else in chunks, of which at most two are on their way at a time. Blocks are outside of the
 * heap, where the socket takes them from.
 */
final class ResponseStream extends OutputStream {
  private static final int BLOCK = 128 * 1024;

  /** The first block of an answer, which most often is the only one. */
  private static final int FIRST_BLOCK = 4 * 1024;

  /** Of a body that is there as a whole: about what a client takes before it is called slow. */
  static final int WHOLE_BLOCK = 1 << 20;

  private final HttpServerResponse response;
  private final ReaderPace pace;
  private @Nullable ByteBuf block;
  private boolean chunked;
  private long sent;

  /** Nanoseconds spent on waiting for the client to read; the time it took to answer is ours. */
  private long waited;

  private Future<Void> previous = Future.succeededFuture();

  ResponseStream(HttpServerResponse response, ReaderPace pace) {
    this.response = response;
    this.pace = pace;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int length) throws IOException {
    int done = 0;
    while (done < length) {
      ByteBuf open = block;
      if (open == null) {
        open = PooledByteBufAllocator.DEFAULT.directBuffer(chunked ? BLOCK : FIRST_BLOCK, BLOCK);
        block = open;
      }
      int some = Math.min(length - done, BLOCK - open.readableBytes());
      open.writeBytes(bytes, from + done, some);
      done += some;
      if (open.readableBytes() == BLOCK) {
        sendChunk(open);
      }
    }
  }

  private void sendChunk(ByteBuf full) throws IOException {
    block = null;
    if (!chunked) {
      response.setChunked(true);
      chunked = true;
    }
    sent += full.readableBytes();
    next(released(response.write(BufferInternal.buffer(full)), full));
  }

  /** The framework does not release what it has not made. */
  private static Future<Void> released(Future<Void> written, ByteBuf block) {
    return written.onComplete(done -> block.release());
  }

  private void next(Future<Void> written) throws IOException {
    Future<Void> before = previous;
    previous = written;
    await(before);
  }

  private void await(Future<Void> written) throws IOException {
    if (written.succeeded()) {
      return;
    }
    long begun = pace.nanoTime().getAsLong();
    try {
      written
          .toCompletionStage()
          .toCompletableFuture()
          .get(pace.left(sent, waited), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      throw new IOException("the client went away", e.getCause());
    } catch (TimeoutException e) {
      throw new IOException("the client reads too slowly", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("the server is closing", e);
    } finally {
      waited += pace.nanoTime().getAsLong() - begun;
    }
  }

  /** Sends a body that is there as a whole, of which nothing else was written, and releases it. */
  void writeWhole(ByteBuf body) throws IOException {
    response.putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.readableBytes()));
    try {
      while (body.readableBytes() > WHOLE_BLOCK) {
        ByteBuf piece = body.readRetainedSlice(WHOLE_BLOCK);
        sent += WHOLE_BLOCK;
        next(released(response.write(BufferInternal.buffer(piece)), piece));
      }
      await(previous);
      ByteBuf last = body.readRetainedSlice(body.readableBytes());
      await(released(response.end(BufferInternal.buffer(last)), last));
    } finally {
      body.release();
    }
  }

  @Override
  public void close() throws IOException {
    ByteBuf last = block;
    block = null;
    if (chunked) {
      await(previous);
    } else {
      int length = last == null ? 0 : last.readableBytes();
      response.putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(length));
    }
    await(
        last == null ? response.end() : released(response.end(BufferInternal.buffer(last)), last));
  }

  /** Gives back what was written and not sent: the answer has broken off. */
  void discard() {
    ByteBuf unsent = block;
    block = null;
    if (unsent != null) {
      unsent.release();
    }
  }
}
