package com.alphaxiii.polygon.bench;

import com.alphaxiii.polygon.core.NanoClock;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * WebSocket clients on one thread that subscribe to all stocks' trades and quotes and look at the
 * head of each message only: how many are market data, and how many tell of a loss.
 */
final class Counters implements AutoCloseable {
  private static final int TEXT = 1;
  private static final int CLOSE = 8;
  private static final int PING = 9;

  /** Where the kind of a message begins to differ: behind {@code {"type":"}. */
  private static final int KIND = 9;

  private final NanoClock clock = NanoClock.system();
  private final Selector selector = Selector.open();
  private final List<Client> clients = new ArrayList<>();
  private long events;
  private long losses;

  private static final class Client {
    final SocketChannel channel;
    final ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 20);

    Client(SocketChannel channel) {
      this.channel = channel;
    }
  }

  Counters() throws IOException {}

  /** Connects one more. */
  void join(int port, int number) throws IOException {
    SocketChannel channel = SocketChannel.open(new InetSocketAddress("127.0.0.1", port));
    write(
        channel,
        ("GET /ws/counter%d HTTP/1.1\r\n"
                + "Host: localhost\r\n"
                + "Upgrade: websocket\r\n"
                + "Connection: Upgrade\r\n"
                + "Sec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
            .formatted(number)
            .getBytes(StandardCharsets.US_ASCII));
    ByteBuffer one = ByteBuffer.allocate(1);
    StringBuilder answer = new StringBuilder();
    while (answer.indexOf("\r\n\r\n") < 0) {
      one.clear();
      if (channel.read(one) < 0) {
        throw new IOException("no WebSocket: " + answer);
      }
      answer.append((char) one.get(0));
    }
    byte[] subscribe =
        "{\"action\":\"subscribe\",\"symbols\":[\"*\"],\"channels\":[\"T\",\"Q\"]}"
            .getBytes(StandardCharsets.US_ASCII);
    ByteBuffer frame = ByteBuffer.allocate(subscribe.length + 6);
    frame.put((byte) 0x81).put((byte) (0x80 | subscribe.length)).putInt(0).put(subscribe);
    write(channel, frame.array());
    channel.configureBlocking(false);
    Client client = new Client(channel);
    clients.add(client);
    channel.register(selector, SelectionKey.OP_READ, client);
  }

  private static void write(SocketChannel channel, byte[] bytes) throws IOException {
    ByteBuffer all = ByteBuffer.wrap(bytes);
    while (all.hasRemaining()) {
      channel.write(all);
    }
  }

  /** Reads for so long. */
  void read(long nanos) throws IOException {
    long end = clock.nanoTime() + nanos;
    while (clock.nanoTime() < end) {
      selector.select(20);
      for (SelectionKey key : selector.selectedKeys()) {
        read((Client) key.attachment());
      }
      selector.selectedKeys().clear();
    }
  }

  private void read(Client client) throws IOException {
    ByteBuffer buffer = client.buffer;
    if (client.channel.read(buffer) < 0) {
      throw new IOException("the server left");
    }
    buffer.flip();
    while (buffer.remaining() >= 4) {
      int at = buffer.position();
      int length = buffer.get(at + 1);
      int head = 2;
      if (length == 126) {
        length = buffer.getShort(at + 2) & 0xFFFF;
        head = 4;
      }
      if (buffer.remaining() < head + length) {
        break;
      }
      take(client, buffer.get(at) & 0x0F, at + head, length);
      buffer.position(at + head + length);
    }
    buffer.compact();
  }

  private void take(Client client, int opcode, int at, int length) throws IOException {
    switch (opcode) {
      case TEXT -> {
        byte kind = length > KIND ? client.buffer.get(at + KIND) : 0;
        if (kind == 'm') {
          events++;
        } else if (kind == 'd') {
          losses++;
        }
      }
      case PING -> write(client.channel, new byte[] {(byte) 0x8A, (byte) 0x80, 0, 0, 0, 0});
      case CLOSE -> throw new IOException("the server has ended a connection");
      default -> {}
    }
  }

  /** Market data that has come, of all clients. */
  long events() {
    return events;
  }

  /** Messages that told of a loss. */
  long losses() {
    return losses;
  }

  @Override
  public void close() throws IOException {
    for (Client client : clients) {
      client.channel.close();
    }
    selector.close();
  }
}
