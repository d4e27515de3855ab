package com.alphaxiii.polygon.store;

import com.alphaxiii.polygon.calendar.MarketCalendar;
import com.alphaxiii.polygon.core.PolygonException;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes files of months that are over as small as they can be, in whole row groups, and gives back
 * what the catalog no longer needs. Rows never change, and who reads meanwhile sees the old file or
 * the new one.
 */
final class Compaction {
  private static final Logger LOG = LoggerFactory.getLogger(Compaction.class);

  private final Layout layout;
  private final Database database;
  private final PartStore parts;
  private final Coverage coverage;
  private final Instant now;

  Compaction(CacheFolder folder, MarketCalendar calendar) {
    this.layout = folder.layout();
    this.database = folder.database();
    this.parts = folder.parts();
    this.coverage = new Coverage(calendar);
    this.now = folder.now();
  }

  Compacted run() {
    long written = 0;
    long before = 0;
    long after = 0;
    for (PartKey key : loose()) {
      Optional<PartStore.Rewritten> rewritten = parts.compact(key);
      if (rewritten.isPresent()) {
        written++;
        before += rewritten.get().before();
        after += rewritten.get().after();
      }
    }
    long catalogBefore = catalogBytes();
    if (!database.compact()) {
      LOG.info("the catalog is in use by others and was not compacted");
    }
    return new Compacted(written, before, after, catalogBefore, catalogBytes());
  }

  /** Parts that are full and were written while they were not. */
  private List<PartKey> loose() {
    List<PartKey> keys = new ArrayList<>();
    for (PartTable.Found found : database.read(PartTable::all)) {
      found
          .trusted()
          .filter(row -> row.committed().isFile() && row.level() < PartWriter.CLOSED_LEVEL)
          .filter(row -> isFull(row.key()))
          .ifPresent(row -> keys.add(row.key()));
    }
    return keys;
  }

  private boolean isFull(PartKey key) {
    return !key.range().end().isAfter(coverage.settled(key.series(), now));
  }

  private long catalogBytes() {
    try {
      return Files.size(layout.database());
    } catch (IOException e) {
      throw new PolygonException.StorageFailure(
          "the catalog %s cannot be read (%s)".formatted(layout.database(), e), e);
    }
  }
}
