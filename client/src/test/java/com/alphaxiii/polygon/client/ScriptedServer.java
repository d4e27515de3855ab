package com.alphaxiii.polygon.client;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;
import java.util.zip.GZIPOutputStream;

/** Answers each connection with scripted bytes and closes it: for answers no server would give. */
final class ScriptedServer implements AutoCloseable {
  private final ServerSocket socket;
  private final List<String> heads = new CopyOnWriteArrayList<>();
  private final BiFunction<Integer, String, byte[]> script;

  /** Answers by the number of the request, from 0, and its target. */
  ScriptedServer(BiFunction<Integer, String, byte[]> script) {
    this.script = script;
    try {
      socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.startVirtualThread(this::accept);
  }

  /** Gives these answers in turn, the last one for ever; {@code $BASE} becomes the address. */
  static ScriptedServer of(String... answers) {
    ServerSocket[] bound = new ServerSocket[1];
    ScriptedServer server =
        new ScriptedServer(
            (number, target) ->
                answers[Math.min(number, answers.length - 1)]
                    .replace("$BASE", "http://127.0.0.1:" + bound[0].getLocalPort())
                    .getBytes(StandardCharsets.UTF_8));
    bound[0] = server.socket;
    return server;
  }

  /** A whole answer with its length. */
  static String answer(int status, String body, String... headers) {
    StringBuilder text = new StringBuilder("HTTP/1.1 " + status + " Scripted\r\n");
    for (String header : headers) {
      text.append(header).append("\r\n");
    }
    // Without a length, so that $BASE may be replaced: the end of the connection ends the body.
    return text + "Connection: close\r\n\r\n" + body;
  }

  static String ok(String body) {
    return answer(200, body, "Content-Type: application/json");
  }

  static byte[] gzip(String body) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(body.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  static byte[] join(String head, byte[] body) {
    byte[] first = head.getBytes(StandardCharsets.UTF_8);
    byte[] whole = new byte[first.length + body.length];
    System.arraycopy(first, 0, whole, 0, first.length);
    System.arraycopy(body, 0, whole, first.length, body.length);
    return whole;
  }

  URI base() {
    return URI.create("http://127.0.0.1:" + socket.getLocalPort());
  }

  /** The heads of all requests so far, as sent. */
  List<String> heads() {
    return new ArrayList<>(heads);
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        Socket connection = socket.accept();
        Thread.startVirtualThread(() -> serve(connection));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      String head = head(new BufferedInputStream(connection.getInputStream()));
      if (head.isEmpty()) {
        return;
      }
      int number;
      synchronized (heads) {
        number = heads.size();
        heads.add(head);
      }
      byte[] answer = script.apply(number, head.split(" ")[1]);
      connection.getOutputStream().write(answer);
      connection.getOutputStream().flush();
      connection.shutdownOutput();
      // Until the client has gone, so that the answer is not lost to a reset.
      while (connection.getInputStream().read() >= 0) {}
    } catch (IOException e) {
      // The client went first.
    }
  }

  private static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    for (int c = in.read(); c >= 0; c = in.read()) {
      head.append((char) c);
      if (head.length() >= 4 && head.substring(head.length() - 4).equals("\r\n\r\n")) {
        return head.toString();
      }
    }
    return "";
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
