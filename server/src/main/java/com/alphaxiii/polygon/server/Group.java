package com.alphaxiii.polygon.server;

import com.alphaxiii.polygon.core.TickerEvent;
import com.alphaxiii.polygon.core.Topic;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The subscribers of one event loop that receive the same topics in the same dialect. What comes
 * for them is put together once and the same bytes are written to each of them.
 *
 * <p>Members never change: when one comes or goes, another group takes this one's place for what
 * comes then, while what was on its way already still goes to these. What is pending here belongs
 * to the loop.
 */
final class Group {
  /** Most bytes of one write. */
  static final int MOST_BYTES = 256 * 1024;

  /** What its members have in common. */
  record Key(Shard shard, Dialect dialect, Set<Topic> topics) {}

  /**
   * An event on its way.
   *
   * @param bytes as the dialect's encoder wrote it
   * @param sequence its place among all events of the hub
   * @param series where the ledger counts it
   * @param arrival when it came, by the ledger
   */
  record Data(
      TickerEvent event, byte[] bytes, long sequence, int series, long arrival, Group[] groups)
      implements Shard.Parcel {}

  private final Key key;
  private final Subscriber[] members;

  private final List<Data> pending = new ArrayList<>();
  private int pendingBytes;

  Group(Key key, Subscriber... members) {
    this.key = key;
    this.members = members;
  }

  Key key() {
    return key;
  }

  Subscriber[] members() {
    return members;
  }

  Group with(Subscriber subscriber) {
    Subscriber[] more = Arrays.copyOf(members, members.length + 1);
    more[members.length] = subscriber;
    return new Group(key, more);
  }

  /** Without a member; null when nobody is left. */
  @Nullable Group without(Subscriber subscriber) {
    Subscriber[] fewer =
        Arrays.stream(members).filter(each -> each != subscriber).toArray(Subscriber[]::new);
    return fewer.length == 0 ? null : new Group(key, fewer);
  }

  /** Adds an event to what goes out next; true when it is the first. */
  boolean add(Data data) {
    pending.add(data);
    pendingBytes += data.bytes().length;
    return pending.size() == 1;
  }

  boolean isFull() {
    return pendingBytes >= MOST_BYTES;
  }

  /** Writes what is pending: the same bytes to all who take them at once. */
  void flush() {
    ByteBuf shared = null;
    for (Subscriber member : members) {
      if (member.takesShared()) {
        if (shared == null) {
          shared = together(member);
        }
        member.data(shared.retainedDuplicate(), pending.size());
      } else {
        pending.forEach(member::data);
        member.flush();
      }
    }
    if (shared != null) {
      shared.release();
    }
    pending.clear();
    pendingBytes = 0;
  }

  private ByteBuf together(Subscriber member) {
    Batch batch = member.batch(pendingBytes);
    for (Data data : pending) {
      batch.add(data.bytes());
    }
    return batch.finish();
  }

  int pending() {
    return pending.size();
  }
}
