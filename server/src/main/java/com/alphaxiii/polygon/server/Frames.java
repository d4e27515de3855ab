package com.alphaxiii.polygon.server;

/** WebSocket text frames as a server sends them: whole messages, not masked (RFC 6455, 5.2). */
final class Frames {
  private static final byte FINAL_TEXT = (byte) 0x81;
  private static final int SHORT = 126;
  private static final int LONG = 1 << 16;

  private Frames() {}

  static byte[] text(byte[] json) {
    byte[] frame = headed(json.length);
    System.arraycopy(json, 0, frame, frame.length - json.length, json.length);
    return frame;
  }

  static byte[] text(JsonBytes json) {
    byte[] frame = headed(json.size());
    json.copyTo(frame, frame.length - json.size());
    return frame;
  }

  private static byte[] headed(int length) {
    int header = length < SHORT ? 2 : length < LONG ? 4 : 10;
    byte[] frame = new byte[header + length];
    frame[0] = FINAL_TEXT;
    if (header == 2) {
      frame[1] = (byte) length;
    } else {
      frame[1] = (byte) (header == 4 ? SHORT : SHORT + 1);
      for (int i = 2; i < header; i++) {
        frame[i] = (byte) ((long) length >>> (8 * (header - 1 - i)));
      }
    }
    return frame;
  }
}
