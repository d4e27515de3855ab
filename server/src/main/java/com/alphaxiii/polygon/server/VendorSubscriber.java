package com.alphaxiii.polygon.server;

import com.alphaxiii.polygon.core.Channel;
import com.alphaxiii.polygon.core.FeedStatus;
import com.alphaxiii.polygon.core.Gap;
import com.alphaxiii.polygon.core.Market;
import com.alphaxiii.polygon.core.Topic;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * A client of the vendor's own protocol: it logs in by a message, names topics in texts, and is
 * told everything in arrays. Of what this server has besides, it is told that a gap is there, by a
 * status that the vendor's clients pass over, and gets what was missed when its address asks for
 * it.
 */
final class VendorSubscriber extends Subscriber {
  /** Quotes of options that the vendor gives to one connection. */
  private static final int MOST_QUOTED_OPTIONS = 1_000;

  /** Below the megabyte that the vendor's clients take at most. */
  private static final int MOST_FRAME = 256 * 1024;

  /** Who may come in, and how those go who may not. */
  interface Door {
    /** Lets a client in by the key it offers; null, or the status that it is sent away with. */
    @Nullable Refusal enter(String key);

    /** Ends the connection without a closing frame once all is sent. */
    void drop();

    /** Ends the connection by the protocol. */
    void close(short code);
  }

  /**
   * Why a client is sent away.
   *
   * @param code of the closing frame; 0 for none
   */
  record Refusal(byte[] status, short code) {}

  private final Market market;
  private final VendorTopics topics;
  private final Door door;
  private final boolean backfill;
  private boolean in;
  private boolean ended;

  /**
   * A client that has not logged in.
   *
   * @param backfill whether it takes events late that the stream had missed
   */
  VendorSubscriber(
      Market market, Shard shard, Hub hub, Outbox outbox, Door door, boolean backfill) {
    super(market.path(), Dialect.VENDOR, shard, hub, outbox);
    this.backfill = backfill;
    this.market = market;
    this.topics = new VendorTopics(market);
    this.door = door;
    policy(Outbox.Policy.DISCONNECT);
  }

  @Override
  void greet() {
    send(List.of(VendorStatus.CONNECTED));
  }

  /** Sends status events, in as many arrays as they need, each a frame. */
  private void send(List<byte[]> statuses) {
    int from = 0;
    while (from < statuses.size()) {
      int to = from;
      JsonBytes json = new JsonBytes(256);
      do {
        json.raw(to == from ? '[' : ',').raw(statuses.get(to++));
      } while (to < statuses.size() && json.size() + statuses.get(to).length < MOST_FRAME);
      say(Frames.text(json.raw(']')));
      from = to;
    }
    flush();
  }

  @Override
  void receive(String message) {
    if (hasEnded() || ended) {
      return;
    }
    JsonNode body;
    try {
      body = Json.read(message);
    } catch (JacksonException e) {
      send(List.of(VendorStatus.BAD_REQUEST));
      return;
    }
    JsonNode params = body.path("params");
    if (!body.path("action").isString() || !(params.isString() || params.isMissingNode())) {
      send(List.of(VendorStatus.BAD_REQUEST));
      return;
    }
    String text = params.asString("");
    switch (body.path("action").stringValue()) {
      case "auth" -> logIn(text);
      case "subscribe" -> change(text, true);
      case "unsubscribe" -> change(text, false);
      default -> send(List.of(VendorStatus.BAD_REQUEST));
    }
  }

  @Override
  void receiveBinary() {
    send(List.of(VendorStatus.BAD_REQUEST));
  }

  private void logIn(String key) {
    if (in) {
      return;
    }
    Refusal refusal = door.enter(key);
    if (refusal != null) {
      sendAway(refusal);
      return;
    }
    in = true;
    send(List.of(VendorStatus.AUTHENTICATED));
  }

  private void sendAway(Refusal refusal) {
    ended = true;
    send(List.of(refusal.status()));
    if (refusal.code() == 0) {
      door.drop();
    } else {
      door.close(refusal.code());
    }
  }

  /** Time is up; does nothing when the client has logged in. */
  void awaitNoLonger() {
    if (!in && !ended && !hasEnded()) {
      sendAway(new Refusal(VendorStatus.TIMED_OUT, (short) 0));
    }
  }

  private void change(String params, boolean more) {
    if (!in) {
      send(List.of(VendorStatus.AUTH_REQUIRED));
      return;
    }
    List<byte[]> acknowledged = new ArrayList<>();
    Set<Topic> changed = new HashSet<>();
    Set<Topic> after = new HashSet<>(topics());
    Set<String> symbols = new HashSet<>();
    after.forEach(topic -> symbols.add(topic.symbol()));
    boolean tooMany = false;
    for (VendorTopics.Asked asked : topics.parse(params)) {
      Topic topic = asked.topic().orElse(null);
      if (more && topic != null && isTooMuch(topic, after)) {
        continue;
      }
      if (more
          && topic != null
          && !symbols.contains(topic.symbol())
          && symbols.size() >= ClientRequest.MOST_SYMBOLS) {
        tooMany = true;
        continue;
      }
      if (topic != null) {
        changed.add(topic);
        after.add(topic);
        symbols.add(topic.symbol());
      }
      acknowledged.add(
          VendorStatus.of(
              "success", (more ? "subscribed to: " : "unsubscribed to: ") + asked.text()));
    }
    if (tooMany) {
      acknowledged.addFirst(
          VendorStatus.of(
              "error",
              "more than %d symbols; subscribe to * for all"
                  .formatted(ClientRequest.MOST_SYMBOLS)));
    }
    send(acknowledged);
    if (more) {
      subscribe(changed);
    } else {
      unsubscribe(changed::contains);
    }
  }

  /** Of options' quotes the vendor gives some and not all, and passes over what is too much. */
  private boolean isTooMuch(Topic topic, Set<Topic> held) {
    return market == Market.OPTIONS
        && topic.channel() == Channel.QUOTES
        && !held.contains(topic)
        && (topic.isAll()
            || held.stream().filter(t -> t.channel() == topic.channel()).count()
                >= MOST_QUOTED_OPTIONS);
  }

  @Override
  void refused(Topic topic, String why) {
    send(List.of(VendorStatus.of("error", "not authorized")));
  }

  @Override
  boolean takesLate() {
    return backfill;
  }

  @Override
  void tell(FeedStatus status) {
    // The vendor's clients know their own connection only, and that is well.
  }

  @Override
  void tell(GapOutcome outcome) {
    // Told to those who take late events, by a status that the vendor's clients pass over.
    String names = names(outcome.topics());
    switch (outcome) {
      case GapOutcome.Filled filled ->
          send(
              List.of(
                  VendorStatus.of(
                      "gap_filled",
                      "events of %s between %s and %s have been sent"
                          .formatted(names, filled.from(), filled.to()))));
      case GapOutcome.Unfilled unfilled ->
          send(
              List.of(
                  VendorStatus.of(
                      "gap_not_filled",
                      "events of %s between %s and %s stay lost: %s"
                          .formatted(names, unfilled.from(), unfilled.to(), unfilled.reason()))));
    }
  }

  @Override
  void tellLive(java.util.Map<Topic, Integer> counts) {
    throw new IllegalStateException("nobody asks for history in this protocol");
  }

  @Override
  void tell(Gap gap) {
    Set<Topic> lost = lostTo(gap);
    if (!lost.isEmpty()) {
      send(
          List.of(
              VendorStatus.of(
                  "gap",
                  "events of %s between %s and %s were lost; %s"
                      .formatted(
                          names(lost),
                          gap.from(),
                          gap.to(),
                          backfill ? "they come late" : "ask the REST API for them"))));
    }
  }

  private static String names(Set<Topic> topics) {
    Set<String> names = new TreeSet<>();
    topics.forEach(topic -> names.add(topic.vendorName()));
    return String.join(",", names);
  }
}
