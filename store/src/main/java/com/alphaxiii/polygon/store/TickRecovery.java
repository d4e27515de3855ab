package com.alphaxiii.polygon.store;

import dev.hardwood.Hardwood;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the files of ticks that prove themselves, for a catalog that knows nothing of them. */
final class TickRecovery {
  private static final Logger LOG = LoggerFactory.getLogger(TickRecovery.class);
  private static final int DAYS_AT_A_TIME = 500;
  private static final int BLOCK = 1 << 18;

  private final Layout layout;
  private final Instant now;

  TickRecovery(Layout layout, Instant now) {
    this.layout = layout;
    this.now = now;
  }

  /** Everything that lies where files of ticks lie. */
  static List<Path> files(Layout layout) {
    return layout.stored().stream().filter(file -> layout.tickDay(file).isPresent()).toList();
  }

  /** Brings them into a catalog; tells how many there are. */
  int recover(Database database) throws IOException {
    TickCatalog catalog = new TickCatalog(database);
    int found = 0;
    try (Hardwood hardwood = Hardwood.create()) {
      List<TickCatalog.Entry> entries = new ArrayList<>();
      for (Path file : files(layout)) {
        proven(hardwood, file, layout.tickDay(file).orElseThrow()).ifPresent(entries::add);
        if (entries.size() == DAYS_AT_A_TIME) {
          found += put(catalog, entries);
        }
      }
      found += put(catalog, entries);
    }
    return found;
  }

  private static int put(TickCatalog catalog, List<TickCatalog.Entry> entries) {
    int size = entries.size();
    if (size > 0) {
      catalog.put(entries);
      entries.clear();
    }
    return size;
  }

  private Optional<TickCatalog.Entry> proven(Hardwood hardwood, Path file, TickDay day)
      throws IOException {
    TickFile unknown = new TickFile(day, file, 0, Fingerprint.NO_FILE);
    TickReader<?> reader;
    try {
      reader =
          day.kind().equals("trades")
              ? TickReader.openUnseen(hardwood, unknown, new TradeColumns())
              : TickReader.openUnseen(hardwood, unknown, new QuoteColumns());
    } catch (DamagedTicks e) {
      LOG.warn("{}: {}", file, e.getMessage());
      return Optional.empty();
    }
    Optional<TickProof> proof =
        reader
            .proof()
            .filter(told -> told.day().equals(day.toString()))
            .filter(told -> told.rows() > 0 && told.rows() == reader.rows());
    if (proof.isEmpty()) {
      return Optional.empty();
    }
    Fingerprint body = proof.get().body();
    CRC32C checksum = new CRC32C();
    long bytes = 0;
    Optional<Fingerprint> seen = Optional.empty();
    try (InputStream in = new FileInputStream(file.toFile())) {
      byte[] block = new byte[BLOCK];
      boolean whole = true;
      while (whole) {
        // The end of the body is looked at on the way.
        long left = body.bytes() - bytes;
        int read = in.read(block, 0, (int) (left > 0 ? Math.min(left, BLOCK) : BLOCK));
        whole = read > 0;
        if (whole) {
          checksum.update(block, 0, read);
          bytes += read;
          if (bytes == body.bytes()) {
            seen = Optional.of(new Fingerprint(bytes, checksum.getValue()));
          }
        }
      }
    }
    Fingerprint look = new Fingerprint(bytes, checksum.getValue());
    return seen.filter(body::equals)
        .map(
            same ->
                new TickCatalog.Entry(
                    day,
                    TickCatalog.State.STORED,
                    proof.get().rows(),
                    look,
                    Coverage.earliest(writtenAt(file), now)));
  }

  private Instant writtenAt(Path file) {
    try {
      return Files.getLastModifiedTime(file).toInstant();
    } catch (IOException e) {
      return now;
    }
  }
}
