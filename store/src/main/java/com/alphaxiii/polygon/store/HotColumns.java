package com.alphaxiii.polygon.store;

import com.alphaxiii.polygon.core.Bars;
import com.alphaxiii.polygon.core.TimeRange;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * Decoded bars in memory, so that what is read again costs neither a file nor decoding. Bars are
 * known by their part and the look of its file, so a part that was replaced or cleared is never
 * found; what is here stays right whatever happens to the file.
 *
 * <p>Parts read together share their arrays and are kept and dropped together: put side by side
 * again, they need no copy.
 */
final class HotColumns {
  /** Eight columns of eight bytes. */
  private static final int ROW_BYTES = 64;

  /** For what does not depend on the rows. */
  private static final int RUN_BYTES = 512;

  /** Of the largest heap, so much may be kept. */
  private static final int SHARE_OF_HEAP = 8;

  /**
   * What was decoded.
   *
   * @param file the look of the file it was decoded from
   * @param range the stretch of the part
   */
  record Version(PartKey part, Fingerprint file, TimeRange range) {}

  /** Bars in arrays of their own; its identity counts. */
  private static final class Run {
    private final List<Version> versions;
    private final Bars bars;

    Run(List<Version> versions, Bars bars) {
      this.versions = versions;
      this.bars = bars;
    }

    int weight() {
      return (int) Math.min(Integer.MAX_VALUE, (long) bars.size() * ROW_BYTES + RUN_BYTES);
    }
  }

  private final long mostBytes;
  private final Cache<Run, Run> runs;
  private final ConcurrentMap<Version, Run> index = new ConcurrentHashMap<>();

  HotColumns(long mostBytes) {
    this.mostBytes = mostBytes;
    this.runs =
        Caffeine.newBuilder()
            .maximumWeight(mostBytes)
            .weigher((Run key, Run run) -> run.weight())
            .executor(Runnable::run)
            .removalListener(this::forget)
            .build();
  }

  /** An eighth of the largest heap. */
  static HotColumns ofHeap() {
    return new HotColumns(Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP);
  }

  private void forget(@Nullable Run key, @Nullable Run run, RemovalCause cause) {
    if (run != null) {
      run.versions.forEach(version -> index.remove(version, run));
    }
  }

  /** The bars of a version, if they are here. */
  Optional<Bars> find(Version version) {
    Run run = index.get(version);
    if (run == null) {
      return Optional.empty();
    }
    // Tells that it is in use.
    var _ = runs.getIfPresent(run);
    return Optional.of(run.bars.slice(version.range()));
  }

  /**
   * Keeps bars of parts of one series that lie in the same arrays, unless they would push out too
   * much else.
   */
  void put(List<Version> versions, Bars bars) {
    Run run = new Run(List.copyOf(versions), bars);
    if (run.weight() > mostBytes / 2) {
      return;
    }
    versions.forEach(version -> index.put(version, run));
    runs.put(run, run);
  }

  /** Drops what is known of parts, whatever their files looked like. */
  void drop(List<PartKey> parts) {
    List<Run> dropped =
        index.entrySet().stream()
            .filter(entry -> parts.contains(entry.getKey().part()))
            .map(java.util.Map.Entry::getValue)
            .toList();
    runs.invalidateAll(dropped);
  }
}
