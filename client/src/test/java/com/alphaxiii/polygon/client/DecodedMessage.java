package com.alphaxiii.polygon.client;

import com.alphaxiii.polygon.core.TickerEvent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What a decoder told of a message. */
final class DecodedMessage implements EventDecoder.Output {
  final List<TickerEvent> events = new ArrayList<>();
  final List<String> statuses = new ArrayList<>();
  final List<String> malformed = new ArrayList<>();

  static DecodedMessage of(EventDecoder decoder, String message) {
    return of(decoder, message.getBytes(StandardCharsets.UTF_8));
  }

  /** Decodes with foreign bytes before and behind, as in a buffer that is used again. */
  static DecodedMessage of(EventDecoder decoder, byte[] message) {
    byte[] buffer = new byte[message.length + 3 + EventDecoder.ROOM];
    java.util.Arrays.fill(buffer, 0, 3, (byte) '{');
    java.util.Arrays.fill(buffer, 3 + message.length, buffer.length, (byte) '"');
    System.arraycopy(message, 0, buffer, 3, message.length);
    DecodedMessage decoded = new DecodedMessage();
    decoder.decode(buffer, 3, message.length, decoded);
    return decoded;
  }

  @Override
  public void event(TickerEvent event) {
    events.add(event);
  }

  @Override
  public void status(String status, String message) {
    statuses.add(status + "/" + message);
  }

  @Override
  public void malformed(String reason) {
    malformed.add(reason);
  }
}
