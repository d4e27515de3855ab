package com.alphaxiii.polygon.simulator;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/**
 * A WebSocket client down at the bytes. It sees how a connection ends, which the JDK's client at
 * times does not: an end of stream right after a frame can escape it.
 */
final class RawSocket implements AutoCloseable {
  private static final int TEXT = 0x81;
  private static final int MASKED = 0x80;

  private final Socket socket;

  RawSocket(URI streamUrl, String path) throws IOException {
    socket = new Socket(streamUrl.getHost(), streamUrl.getPort());
    socket.setSoTimeout(20_000);
    String upgrade =
        "GET %s HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n";
    socket.getOutputStream().write(upgrade.formatted(path).getBytes(StandardCharsets.US_ASCII));
    // No frame may be sent before the upgrade is answered.
    var answer = new StringBuilder();
    while (answer.indexOf("\r\n\r\n") < 0) {
      int next = socket.getInputStream().read();
      if (next < 0) {
        throw new IOException("no upgrade: " + answer);
      }
      answer.append((char) next);
    }
    if (!answer.toString().startsWith("HTTP/1.1 101")) {
      throw new IOException("no upgrade: " + answer);
    }
  }

  /** Sends a short text, masked with zeros. */
  void send(String text) throws IOException {
    byte[] payload = text.getBytes(StandardCharsets.US_ASCII);
    if (payload.length > 125) {
      throw new IllegalArgumentException("too long for a short frame: " + text);
    }
    var frame = new ByteArrayOutputStream();
    frame.write(TEXT);
    frame.write(MASKED | payload.length);
    frame.writeBytes(new byte[4]);
    frame.writeBytes(payload);
    socket.getOutputStream().write(frame.toByteArray());
  }

  /** All frames up to the end of the stream, as bytes. */
  String readToEnd() throws IOException {
    return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
