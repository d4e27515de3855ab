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
import java.util.Arrays;
import java.util.List;

/**
 * Many WebSocket clients on one thread, as cheap as can be: all messages of market data have one
 * length, so bytes are counted, and only the first and last message of each read are looked at for
 * the time when it was published.
 */
final class Crowd implements AutoCloseable {
  private static final byte[] ID = "\"trade_id\":\"".getBytes(StandardCharsets.US_ASCII);
  private static final int ID_DIGITS = 19;
  private static final long ID_OFFSET = 1_000_000_000_000_000_000L;
  private static final byte TEXT = (byte) 0x81;
  private static final byte PING = (byte) 0x89;

  private final NanoClock clock = NanoClock.system();
  private final Selector selector = Selector.open();
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 20);
  private final List<Client> clients = new ArrayList<>();

  /** Messages by their age in microseconds. */
  private final long[] ages = new long[2_000_000];

  private long bytes;
  private long messages;

  /** One connection; {@code length} and {@code idAt} are learnt from its first message. */
  private static final class Client {
    final SocketChannel channel;
    int length;
    int idAt;

    /** Bytes of a message that has not come whole: its first bytes. */
    final byte[] part = new byte[2_048];

    int partSize;

    Client(SocketChannel channel) {
      this.channel = channel;
    }
  }

  Crowd() throws IOException {}

  /** Connects a client that gets trades of these symbols. */
  void join(int port, int number, List<String> symbols) throws IOException {
    SocketChannel channel = SocketChannel.open(new InetSocketAddress("127.0.0.1", port));
    String upgrade =
        "GET /ws/c%d HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
            .formatted(number);
    channel.write(ByteBuffer.wrap(upgrade.getBytes(StandardCharsets.US_ASCII)));
    StringBuilder answer = new StringBuilder();
    ByteBuffer one = ByteBuffer.allocate(1);
    while (answer.indexOf("\r\n\r\n") < 0) {
      answer.append((char) next(channel, one));
    }
    if (!answer.toString().startsWith("HTTP/1.1 101")) {
      throw new IOException("no WebSocket: " + answer);
    }
    byte[] subscribe =
        "{\"action\":\"subscribe\",\"symbols\":%s,\"channels\":[\"T\"]}"
            .formatted(symbols.stream().map(each -> "\"" + each + "\"").toList().toString())
            .getBytes(StandardCharsets.US_ASCII);
    ByteBuffer frame = ByteBuffer.allocate(subscribe.length + 8);
    frame.put(TEXT).put((byte) (0x80 | 126)).putShort((short) subscribe.length).putInt(0);
    channel.write(frame.put(subscribe).flip());
    while (!message(channel, one).contains("\"subscribed\"")) {
      // The greeting.
    }
    channel.configureBlocking(false);
    Client client = new Client(channel);
    clients.add(client);
    channel.register(selector, SelectionKey.OP_READ, client);
  }

  private static int next(SocketChannel channel, ByteBuffer one) throws IOException {
    one.clear();
    if (channel.read(one) < 0) {
      throw new IOException("the server left");
    }
    return one.get(0) & 0xFF;
  }

  private static String message(SocketChannel channel, ByteBuffer one) throws IOException {
    next(channel, one);
    int length = next(channel, one);
    if (length == 126) {
      length = next(channel, one) << 8 | next(channel, one);
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append((char) next(channel, one));
    }
    return text.toString();
  }

  /** Forgets what was counted. */
  void reset() {
    bytes = 0;
    messages = 0;
    Arrays.fill(ages, 0);
  }

  /** Reads for so long, and then on until nothing has come for a while when {@code dry}. */
  void read(long nanos, boolean dry) throws IOException {
    long end = clock.nanoTime() + nanos;
    long quiet = 0;
    while (clock.nanoTime() < end || (dry && quiet < 5)) {
      if (selector.select(20) == 0) {
        quiet++;
        continue;
      }
      quiet = 0;
      for (SelectionKey key : selector.selectedKeys()) {
        read((Client) key.attachment());
      }
      selector.selectedKeys().clear();
    }
  }

  private void read(Client client) throws IOException {
    buffer.clear().put(client.part, 0, client.partSize);
    int count = client.channel.read(buffer);
    if (count < 0) {
      throw new IOException("the server left");
    }
    bytes += count;
    int size = buffer.position();
    int at = 0;
    if (client.length == 0) {
      at = learn(client, size);
    }
    while (client.length > 0 && size - at >= client.length) {
      int whole = (size - at) / client.length;
      int last = at + (whole - 1) * client.length;
      if (isData(client, at) && isData(client, last)) {
        look(client, at, (whole + 1) / 2);
        look(client, last, whole / 2);
        messages += whole;
        at += whole * client.length;
      } else if (buffer.get(at) == PING) {
        at += pong(client, at);
      } else if (isData(client, at)) {
        look(client, at, 1);
        messages++;
        at += client.length;
      } else if (buffer.get(at) == TEXT) {
        // Word of a loss, which is short; what is missing is seen in the count.
        at += 2 + buffer.get(at + 1);
      } else {
        throw new IOException("neither a message nor a ping");
      }
    }
    client.partSize = size - at;
    buffer.get(at, client.part, 0, client.partSize);
  }

  private boolean isData(Client client, int at) {
    return buffer.get(at) == TEXT
        && buffer.get(at + 1) == 126
        && buffer.getShort(at + 2) == client.length - 4;
  }

  private int learn(Client client, int size) throws IOException {
    int at = 0;
    while (size - at >= 2 && buffer.get(at) == PING) {
      at += pong(client, at);
    }
    if (size - at < 512) {
      return at;
    }
    client.length = buffer.getShort(at + 2) + 4;
    byte[] first = new byte[client.length];
    buffer.get(at, first);
    for (int i = 0; i < first.length - ID.length; i++) {
      if (Arrays.equals(first, i, i + ID.length, ID, 0, ID.length)) {
        client.idAt = i + ID.length;
      }
    }
    return at;
  }

  private int pong(Client client, int at) throws IOException {
    client.channel.write(ByteBuffer.wrap(new byte[] {(byte) 0x8A, (byte) 0x80, 0, 0, 0, 0}));
    return 2 + buffer.get(at + 1);
  }

  private void look(Client client, int at, int weight) {
    long published = 0;
    for (int i = 0; i < ID_DIGITS; i++) {
      published = published * 10 + buffer.get(at + client.idAt + i) - '0';
    }
    long micros = (clock.nanoTime() - (published - ID_OFFSET)) / 1_000;
    ages[(int) Math.clamp(micros, 0, ages.length - 1)] += weight;
  }

  long messages() {
    return messages;
  }

  long bytes() {
    return bytes;
  }

  /** The age in ms that such a part of all messages did not exceed. */
  double age(double part) {
    long all = Arrays.stream(ages).sum();
    long below = 0;
    for (int micros = 0; micros < ages.length; micros++) {
      below += ages[micros];
      if (below >= part * all) {
        return micros / 1e3;
      }
    }
    return Double.NaN;
  }

  @Override
  public void close() throws IOException {
    for (Client client : clients) {
      client.channel.close();
    }
    selector.close();
  }
}
