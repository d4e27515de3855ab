package com.alphaxiii.polygon.server;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A WebSocket client that reads only when told to, by default with a small receive buffer. */
final class RawClient implements AutoCloseable {
  private static final byte[] MASK = {1, 2, 3, 4};

  private final Socket socket = new Socket();
  private final DataInputStream in;

  /** Pings that have come. */
  volatile int pings;

  boolean answersPings = true;

  /** With which the server has ended the connection; 0 when it has not, or without one. */
  int closeCode;

  RawClient(int port, String id) {
    this(port, "/ws/" + id, 8 * 1024);
  }

  /** A client of any of the server's sockets. */
  RawClient(int port, String path, int receiveBuffer) {
    try {
      socket.setReceiveBufferSize(receiveBuffer);
      socket.setSoTimeout((int) Await.PATIENCE.toMillis());
      socket.connect(new InetSocketAddress("127.0.0.1", port));
      String request =
          """
          GET %s HTTP/1.1\r
          Host: localhost\r
          Upgrade: websocket\r
          Connection: Upgrade\r
          Sec-WebSocket-Version: 13\r
          Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
          \r
          """
              .formatted(path);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), receiveBuffer / 2));
      String answer = headers();
      if (!answer.startsWith("HTTP/1.1 101")) {
        throw new AssertionError(answer);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String headers() throws IOException {
    StringBuilder text = new StringBuilder();
    while (text.indexOf("\r\n\r\n") < 0) {
      text.append((char) in.readUnsignedByte());
    }
    return text.toString();
  }

  void send(String message) {
    send((byte) 0x81, message.getBytes(StandardCharsets.UTF_8));
  }

  private void send(byte head, byte[] payload) {
    ByteBuffer frame = ByteBuffer.allocate(payload.length + 8).put(head);
    if (payload.length < 126) {
      frame.put((byte) (0x80 | payload.length));
    } else {
      frame.put((byte) (0x80 | 126)).putShort((short) payload.length);
    }
    frame.put(MASK);
    for (int i = 0; i < payload.length; i++) {
      frame.put((byte) (payload[i] ^ MASK[i % 4]));
    }
    sendRaw(Arrays.copyOf(frame.array(), frame.position()));
  }

  /** Sends bytes as they are. */
  void sendRaw(byte[] bytes) {
    try {
      socket.getOutputStream().write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends a ping with as much to echo as there may be. */
  void ping() {
    byte[] frame = new byte[6 + 125];
    frame[0] = (byte) 0x89;
    frame[1] = (byte) (0x80 | 125);
    sendRaw(frame);
  }

  /** The next text message; null when the server closes. */
  String next() {
    byte[] payload = nextBytes();
    return payload == null ? null : new String(payload, StandardCharsets.UTF_8);
  }

  /** The next text message's bytes; null when the server closes. Pings before it are answered. */
  byte[] nextBytes() {
    try {
      while (true) {
        int opcode = in.readUnsignedByte() & 0x0f;
        long length = in.readUnsignedByte();
        if (length == 126) {
          length = in.readUnsignedShort();
        } else if (length == 127) {
          length = in.readLong();
        }
        byte[] payload = new byte[(int) length];
        in.readFully(payload);
        if (opcode == 1) {
          return payload;
        }
        if (opcode == 9) {
          pings++;
          if (answersPings) {
            send((byte) 0x8a, payload);
          }
        }
        if (opcode == 8) {
          closeCode = length < 2 ? 0 : ByteBuffer.wrap(payload).getShort();
          return null;
        }
      }
    } catch (java.io.EOFException e) {
      return null;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String next(String part) {
    while (true) {
      String message = next();
      if (message == null) {
        throw new AssertionError("closed before a message with " + part);
      }
      if (message.contains(part)) {
        return message;
      }
    }
  }

  /** Is gone without a word, as a program that was killed. */
  void die() {
    try {
      socket.setSoLinger(true, 0);
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
