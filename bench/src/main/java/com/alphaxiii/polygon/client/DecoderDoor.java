package com.alphaxiii.polygon.client;

import com.alphaxiii.polygon.core.Market;
import com.alphaxiii.polygon.core.TickerEvent;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.jspecify.annotations.NullMarked;

/** Lets the benchmarks at what the client does not show: its decoder and its transport alone. */
@NullMarked
public final class DecoderDoor {
  private DecoderDoor() {}

  /** Decodes a message of the stocks stream each time it is called. */
  public static Consumer<byte[]> decoder(Consumer<TickerEvent> sink) {
    EventDecoder decoder = new WireEvents(Market.STOCKS);
    EventDecoder.Output output =
        new EventDecoder.Output() {
          @Override
          public void event(TickerEvent event) {
            sink.accept(event);
          }

          @Override
          public void status(String status, String message) {}

          @Override
          public void malformed(String reason) {
            throw new IllegalStateException(reason);
          }
        };
    return padded -> decoder.decode(padded, 0, padded.length - EventDecoder.ROOM, output);
  }

  /** A message as {@link #decoder} takes it. */
  public static byte[] padded(byte[] message) {
    return Arrays.copyOf(message, message.length + EventDecoder.ROOM);
  }

  /** Reads messages as {@link StreamClient} does, and tells their lengths instead of decoding. */
  public static AutoCloseable transport(int port, IntConsumer lengths) {
    Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    WebSocketClient client =
        vertx.createWebSocketClient(
            new WebSocketClientOptions().setMaxFrameSize(MessageAssembler.MAX_MESSAGE));
    MessageAssembler assembler = new MessageAssembler();
    client
        .connect(port, "127.0.0.1", "/stocks")
        .onSuccess(
            socket -> {
              FrameIntake.install(
                  socket,
                  (content, continuation, last) -> {
                    if (assembler.add(content, continuation, last)) {
                      lengths.accept(assembler.length());
                    }
                  });
              socket.writeTextMessage("{\"action\":\"auth\",\"params\":\"key\"}");
              socket.writeTextMessage("{\"action\":\"subscribe\",\"params\":\"T.*,Q.*\"}");
            });
    return () -> vertx.close();
  }
}
