package com.alphaxiii.polygon.server;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;

/** A socket whose client is told, before it is cut off, what the vendor tells slow ones. */
final class VendorWire implements Outbox.Wire {
  private static final short POLICY_VIOLATION = 1008;

  private final Socket socket;

  VendorWire(Socket socket) {
    this.socket = socket;
  }

  @Override
  public ByteBufAllocator allocator() {
    return socket.allocator();
  }

  @Override
  public boolean isReady() {
    return socket.isReady();
  }

  @Override
  public void onReady(Runnable action) {
    socket.onReady(action);
  }

  @Override
  public void write(ByteBuf batch) {
    socket.write(batch);
  }

  @Override
  public void cut(String reason) {
    JsonBytes json = new JsonBytes(128).raw('[').raw(VendorStatus.SLOW).raw(']');
    socket.write(Unpooled.wrappedBuffer(Frames.text(json)));
    socket.close(POLICY_VIOLATION, "slow consumer");
  }
}
