package com.alphaxiii.polygon;

import com.alphaxiii.polygon.calendar.MarketCalendar;
import com.alphaxiii.polygon.core.NanoClock;
import com.alphaxiii.polygon.core.PolygonException;
import com.alphaxiii.polygon.core.Replay;
import com.alphaxiii.polygon.core.ReplayRequest;
import com.alphaxiii.polygon.core.ReplaySource;
import com.alphaxiii.polygon.store.BarStore;
import com.alphaxiii.polygon.store.RecordingFolder;
import com.alphaxiii.polygon.store.TickStore;
import java.nio.file.Path;
import java.time.InstantSource;

/**
 * Replays of what lies in a cache and in recordings, without a vendor and without a key. Safe for
 * many threads.
 */
public final class Replays implements ReplaySource, AutoCloseable {
  private final ReplayArchive archive;
  private final NanoClock nanoClock;
  private final Runnable closing;

  private Replays(ReplayArchive archive, NanoClock nanoClock, Runnable closing) {
    this.archive = archive;
    this.nanoClock = nanoClock;
    this.closing = closing;
  }

  /**
   * Of folders of this machine.
   *
   * @param cacheDir root of the cache; made when missing
   * @param recordings root of recordings; need not be there
   * @throws PolygonException.StorageFailure when the cache cannot be opened
   */
  public static Replays open(
      Path cacheDir, Path recordings, InstantSource clock, NanoClock nanoClock) {
    NoVendor nobody = new NoVendor();
    BarStore store = BarStore.open(cacheDir, nobody, nobody, clock, MarketCalendar.usEquities());
    return of(store, store.ticks(nobody), recordings, clock, nanoClock, store::close);
  }

  static Replays of(
      BarStore store,
      TickStore ticks,
      Path recordings,
      InstantSource clock,
      NanoClock nanoClock,
      Runnable closing) {
    RecordingFolder folder = new RecordingFolder(recordings);
    return new Replays(
        new ReplayArchive(store, ticks, folder, clock),
        nanoClock,
        () -> {
          folder.close();
          closing.run();
        });
  }

  @Override
  public Replay open(ReplayRequest request) {
    return new ReplayFeed(archive, request, nanoClock);
  }

  /** Closes the folders; close all replays before. */
  @Override
  public void close() {
    closing.run();
  }
}
