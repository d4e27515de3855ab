package com.alphaxiii.polygon.server;

import com.alphaxiii.polygon.core.FeedStatus;
import com.alphaxiii.polygon.core.MarketEvent;
import com.alphaxiii.polygon.core.Replay;
import com.alphaxiii.polygon.core.Subscription;
import com.alphaxiii.polygon.core.Topic;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** A replay that plays what a test emits, and remembers how it was turned. */
final class MemoryReplay implements Replay {
  final MemoryFeed feed = new MemoryFeed();
  final List<String> turns = new CopyOnWriteArrayList<>();
  volatile Instant now = Instant.parse("2013-10-08T13:30:00Z");

  @Override
  public Subscription subscribe(Set<Topic> topics, Consumer<? super MarketEvent> sink) {
    return feed.subscribe(topics, sink);
  }

  @Override
  public FeedStatus status() {
    return feed.status();
  }

  @Override
  public InstantSource clock() {
    return () -> now;
  }

  @Override
  public void pause() {
    turns.add("pause");
  }

  @Override
  public void resume() {
    turns.add("resume");
  }

  @Override
  public void speed(double speed) {
    turns.add("speed " + speed);
  }

  @Override
  public void seek(Instant to) {
    turns.add("seek " + to);
  }

  @Override
  public void close() {
    turns.add("close");
  }
}
