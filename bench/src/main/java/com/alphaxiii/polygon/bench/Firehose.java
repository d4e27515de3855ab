package com.alphaxiii.polygon.bench;

import com.alphaxiii.polygon.core.NanoClock;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;

/**
 * Plays the vendor to one client and then sends the frames round and round, as fast as the client
 * takes them, until its standard input ends; or, with an argument, so many events a second. Prints
 * its port at the start, and at the end how many rounds it has sent; it is a process of its own, so
 * that it does not share the reader's core.
 */
final class Firehose {
  private static final int CHUNK = 256 * 1024;

  private Firehose() {}

  public static void main(String[] args) throws Exception {
    Frames frames = Frames.build();
    byte[] wire = frames.wire();
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      say("port " + server.getLocalPort());
      try (Socket socket = server.accept()) {
        socket.setTcpNoDelay(true);
        DataInputStream in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
        greet(socket, in);
        if (args.length > 0) {
          pour(socket.getOutputStream(), frames, Long.parseLong(args[0]));
          return;
        }
        long rounds = 0;
        while (System.in.available() == 0) {
          for (int at = 0; at < wire.length; at += CHUNK) {
            socket.getOutputStream().write(wire, at, Math.min(CHUNK, wire.length - at));
          }
          rounds++;
        }
        say("rounds " + rounds);
        // The reader closes when it has read everything.
        in.transferTo(OutputStream.nullOutputStream());
      }
    }
  }

  /** At an even pace; what the reader does not take at once comes later, and as much of it. */
  private static void pour(OutputStream out, Frames frames, long eventsASecond) throws IOException {
    NanoClock clock = NanoClock.system();
    List<byte[]> messages = frames.messages().stream().map(Frames::frame).toList();
    long each = frames.events() / messages.size();
    long start = clock.nanoTime();
    long sent = 0;
    ByteArrayOutputStream some = new ByteArrayOutputStream(CHUNK);
    while (System.in.available() == 0) {
      long due = (long) ((clock.nanoTime() - start) * (eventsASecond / 1e9));
      for (; sent < due && some.size() < CHUNK; sent += each) {
        some.writeBytes(messages.get((int) (sent / each % messages.size())));
      }
      if (some.size() == 0) {
        LockSupport.parkNanos(200_000);
      }
      some.writeTo(out);
      some.reset();
    }
  }

  private static void greet(Socket socket, DataInputStream in)
      throws IOException, NoSuchAlgorithmException {
    String key = "";
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      if (line.toLowerCase(Locale.ROOT).startsWith("sec-websocket-key:")) {
        key = line.substring(line.indexOf(':') + 1).strip();
      }
    }
    byte[] digest =
        MessageDigest.getInstance("SHA-1")
            .digest(
                (key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(StandardCharsets.UTF_8));
    String answer =
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Accept: "
            + Base64.getEncoder().encodeToString(digest)
            + "\r\n\r\n";
    socket.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
    status(socket, "connected", "Connected Successfully");
    skipFrame(in);
    status(socket, "auth_success", "authenticated");
    skipFrame(in);
    status(socket, "success", "subscribed to: T.*");
    status(socket, "success", "subscribed to: Q.*");
  }

  private static void status(Socket socket, String status, String message) throws IOException {
    byte[] text =
        "[{\"ev\":\"status\",\"status\":\"%s\",\"message\":\"%s\"}]"
            .formatted(status, message)
            .getBytes(StandardCharsets.UTF_8);
    byte[] frame = new byte[text.length + 2];
    frame[0] = (byte) 0x81;
    frame[1] = (byte) text.length;
    System.arraycopy(text, 0, frame, 2, text.length);
    socket.getOutputStream().write(frame);
  }

  /** Reads one frame of the client; those are short. */
  private static void skipFrame(DataInputStream in) throws IOException {
    in.readByte();
    int length = in.readByte() & 0x7F;
    if (length == 126) {
      length = in.readUnsignedShort();
    }
    in.skipNBytes(4L + length);
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new IOException("the client left during the handshake");
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  private static void say(String words) {
    System.out.println(words);
    System.out.flush();
  }
}
