package com.alphaxiii.polygon.store;

import com.alphaxiii.polygon.core.PolygonException;
import com.alphaxiii.polygon.core.Ticker;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where things lie below the cache's root.
 *
 * @param root CACHE_DIR
 */
record Layout(Path root) {
  private static final Pattern TICKS = Pattern.compile(".*_(trades|quotes)\\.parquet");
  private static final Pattern TICK_DAY = Pattern.compile("(\\d{4}-\\d{2}-\\d{2})\\.parquet");

  Path database() {
    return root.resolve("cache").resolve("polygon_cache.db");
  }

  /** The user's own word on splits; may be missing. */
  Path splits() {
    return root.resolve("splits.csv");
  }

  Path lock() {
    return root.resolve("cache").resolve("write.lock");
  }

  /** Empty; who fetches something locks a piece of it. */
  Path fetchLock() {
    return root.resolve("cache").resolve("fetch.lock");
  }

  /** Files being written: on the file system of the parts, outside of what other tools read. */
  Path temporary() {
    return root.resolve("parquet").resolve(".tmp");
  }

  Path symbols() {
    return root.resolve("parquet").resolve("symbols");
  }

  Path symbol(Ticker ticker) {
    return symbols().resolve(SymbolPath.encode(ticker));
  }

  /** The folder that other tools read as one table. */
  Path folder(Series series) {
    return symbol(series.ticker())
        .resolve(SymbolPath.encode(series.ticker()) + "_" + series.base() + ".parquet");
  }

  Path file(PartKey part) {
    return folder(part.series()).resolve(part.name() + ".parquet");
  }

  /** The folder of a ticker's ticks of one kind, also one table. */
  Path folder(TickDay day) {
    return symbol(day.ticker()).resolve(day.series() + ".parquet");
  }

  Path file(TickDay day) {
    return folder(day).resolve(day.day() + ".parquet");
  }

  /** Where files go that lie about and belong to nothing. */
  Path setAside() {
    return root.resolve("set-aside");
  }

  /** The part whose file lies there; empty for a path that is no part's. */
  Optional<PartKey> part(Path file) {
    Path folder = file.getParent();
    Path symbol = folder == null ? null : folder.getParent();
    if (folder == null || symbol == null || !symbols().equals(symbol.getParent())) {
      return Optional.empty();
    }
    String base = folder.getFileName().toString();
    String name = file.getFileName().toString();
    return SymbolPath.decode(symbol.getFileName().toString())
        .flatMap(
            ticker ->
                new PartTable.Words(
                        ticker.symbol(),
                        base.replaceAll("^.*_|\\.parquet$", ""),
                        name.replaceAll("\\.parquet$", ""))
                    .key())
        .filter(key -> file(key).equals(file));
  }

  /** The day of ticks whose file lies there; empty for a path that is none's. */
  Optional<TickDay> tickDay(Path file) {
    Path folder = file.getParent();
    Path symbol = folder == null ? null : folder.getParent();
    Matcher day = TICK_DAY.matcher(String.valueOf(file.getFileName()));
    if (folder == null || symbol == null || !day.matches()) {
      return Optional.empty();
    }
    Matcher kind = TICKS.matcher(String.valueOf(folder.getFileName()));
    if (!kind.matches()) {
      return Optional.empty();
    }
    try {
      LocalDate date = LocalDate.parse(day.group(1));
      return SymbolPath.decode(String.valueOf(symbol.getFileName()))
          .map(ticker -> new TickDay(ticker, kind.group(1), date))
          .filter(found -> file(found).equals(file));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /**
   * Every file below the symbols' folder. What others remove meanwhile is left out.
   *
   * @throws PolygonException.StorageFailure when a folder cannot be read
   */
  List<Path> stored() {
    List<Path> found = new ArrayList<>();
    try {
      Files.walkFileTree(
          symbols(),
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes look) {
              found.add(file);
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
              if (e instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE;
              }
              throw e;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException e)
                throws IOException {
              if (e == null || e instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE;
              }
              throw e;
            }
          });
    } catch (IOException e) {
      throw new PolygonException.StorageFailure(
          "%s cannot be listed (%s): see that it may be read and the disk is well"
              .formatted(symbols(), e),
          e);
    }
    return found;
  }
}
