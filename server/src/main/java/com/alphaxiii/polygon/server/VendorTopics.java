package com.alphaxiii.polygon.server;

import com.alphaxiii.polygon.core.Channel;
import com.alphaxiii.polygon.core.CurrencyPair;
import com.alphaxiii.polygon.core.Market;
import com.alphaxiii.polygon.core.PolygonException;
import com.alphaxiii.polygon.core.Topic;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads what a client of the vendor's protocol names: {@code T.AAPL, XT.BTC-USD, C.EUR/USD, AM.*}.
 */
final class VendorTopics {
  private final Market market;
  private final Map<String, Channel> channels = new HashMap<>();

  VendorTopics(Market market) {
    this.market = market;
    for (Channel channel : Channel.values()) {
      channel.vendorCode(market).ifPresent(code -> channels.put(code, channel));
    }
  }

  /**
   * One of a list that a client sent.
   *
   * @param text as the client wrote it
   * @param topic empty where no ticker is spelled so: it is confirmed, as the vendor does, and
   *     nothing comes
   */
  record Asked(String text, Channel channel, Optional<Topic> topic) {}

  /** The members of a list whose channel this market has; the vendor passes over the others. */
  List<Asked> parse(String params) {
    List<Asked> asked = new ArrayList<>();
    for (String each : params.split(",", -1)) {
      String text = each.strip();
      int dot = text.indexOf('.');
      Channel channel = dot <= 0 ? null : channels.get(text.substring(0, dot));
      if (channel != null && dot < text.length() - 1) {
        asked.add(new Asked(text, channel, topic(channel, text.substring(dot + 1))));
      }
    }
    return asked;
  }

  private Optional<Topic> topic(Channel channel, String symbol) {
    if (symbol.equals(Topic.ALL)) {
      return Optional.of(Topic.all(channel, market));
    }
    try {
      Topic topic =
          switch (market) {
            case FOREX, CRYPTO ->
                Topic.of(channel, CurrencyPair.parse(bare(symbol)).ticker(market));
            default -> new Topic(channel, symbol);
          };
      return Optional.of(topic).filter(t -> t.market() == market && !t.isAll());
    } catch (PolygonException.InvalidRequest e) {
      return Optional.empty();
    }
  }

  private String bare(String symbol) {
    return symbol.startsWith(market.prefix()) ? symbol.substring(market.prefix().length()) : symbol;
  }
}
