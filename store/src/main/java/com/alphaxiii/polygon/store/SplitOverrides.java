package com.alphaxiii.polygon.store;

import com.alphaxiii.polygon.core.PolygonException;
import com.alphaxiii.polygon.core.Split;
import com.alphaxiii.polygon.core.Ticker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The user's own word on splits, a file of lines {@code symbol,execution_date,split_from,split_to},
 * or {@code symbol,execution_date,void}. Each line replaces what the vendor says of that ticker and
 * day. The file is read when it is first needed and again whenever its time or size has changed. A
 * malformed line fails what needs the splits of its ticker, and nothing else. Safe for use by many
 * threads.
 */
final class SplitOverrides {
  private static final Logger LOG = LoggerFactory.getLogger(SplitOverrides.class);
  private static final String HEADER = "symbol,execution_date,split_from,split_to";

  /** What a file without lines says, and one that is not there. */
  private static final Read NOTHING = new Read(FileTime.fromMillis(0), -1, Map.of(), List.of());

  private final Path file;
  private volatile Read latest = NOTHING;

  /**
   * @param file may be missing
   */
  SplitOverrides(Path file) {
    this.file = file;
  }

  /**
   * One line about a ticker.
   *
   * @param split empty = the vendor's split of that day is void
   */
  record Override(int line, LocalDate day, Optional<Split> split) {}

  /** What is wrong with a line. */
  record Problem(int line, String message) {}

  private record Said(List<Override> overrides, List<Problem> problems) {
    Said() {
      this(new ArrayList<>(), new ArrayList<>());
    }
  }

  /** A file as it was read; {@code strays} are problems of lines that name no ticker. */
  private record Read(
      FileTime time, long bytes, Map<String, Said> bySymbol, List<Problem> strays) {}

  /**
   * The splits of a ticker, corrected, oldest first.
   *
   * @throws PolygonException.StorageFailure naming the file, and the line if it is one of this
   *     ticker that cannot be read
   */
  List<Split> apply(Ticker ticker, List<Split> known) {
    List<Override> overrides = of(ticker);
    if (overrides.isEmpty()) {
      return known;
    }
    List<Split> corrected = new ArrayList<>(known);
    for (Override override : overrides) {
      corrected.removeIf(split -> split.executionDate().equals(override.day()));
      override.split().ifPresent(corrected::add);
    }
    corrected.sort(Comparator.comparing(Split::executionDate));
    return List.copyOf(corrected);
  }

  /** The lines about a ticker, in their order; errors as {@link #apply}. */
  List<Override> of(Ticker ticker) {
    Said said = read().bySymbol().get(ticker.symbol());
    if (said == null) {
      return List.of();
    }
    if (!said.problems().isEmpty()) {
      Problem first = said.problems().getFirst();
      throw new PolygonException.StorageFailure(
          "splits of %s: %s line %d: %s; correct the line or remove it"
              .formatted(ticker, file, first.line(), first.message()),
          null);
    }
    return said.overrides();
  }

  /** Problems of lines that cannot be told to be about any ticker. */
  List<Problem> strays() {
    return read().strays();
  }

  private Read read() {
    try {
      BasicFileAttributes look = Files.readAttributes(file, BasicFileAttributes.class);
      Read known = latest;
      if (look.lastModifiedTime().equals(known.time()) && look.size() == known.bytes()) {
        return known;
      }
      Read read = parse(look, Files.readAllLines(file));
      for (Problem stray : read.strays()) {
        LOG.warn("{} line {}: {}; the line is passed over", file, stray.line(), stray.message());
      }
      latest = read;
      return read;
    } catch (NoSuchFileException e) {
      latest = NOTHING;
      return NOTHING;
    } catch (IOException e) {
      throw new PolygonException.StorageFailure(
          "%s cannot be read (%s): see that it is a text in UTF-8 that may be read, or remove it"
              .formatted(file, e),
          e);
    }
  }

  private static Read parse(BasicFileAttributes look, List<String> lines) {
    Map<String, Said> bySymbol = new HashMap<>();
    List<Problem> strays = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).replace("\uFEFF", "").strip();
      if (!line.isEmpty() && !line.startsWith("#") && !isHeader(line)) {
        parse(i + 1, line.split("\\s*,\\s*", -1), bySymbol, strays);
      }
    }
    return new Read(look.lastModifiedTime(), look.size(), bySymbol, strays);
  }

  private static boolean isHeader(String line) {
    return line.startsWith("symbol,") || line.startsWith("ticker,");
  }

  private static void parse(
      int number, String[] cells, Map<String, Said> bySymbol, List<Problem> strays) {
    Ticker ticker;
    try {
      ticker = Ticker.of(cells[0]);
    } catch (PolygonException.InvalidRequest e) {
      strays.add(new Problem(number, String.valueOf(e.getMessage())));
      return;
    }
    Said said = bySymbol.computeIfAbsent(ticker.symbol(), symbol -> new Said());
    try {
      Override override = override(number, ticker, cells);
      Optional<Override> same =
          said.overrides().stream().filter(o -> o.day().equals(override.day())).findFirst();
      if (same.isPresent()) {
        said.problems()
            .add(
                new Problem(
                    number,
                    "line %d is about %s too".formatted(same.get().line(), override.day())));
      } else {
        said.overrides().add(override);
      }
    } catch (DateTimeException | NumberFormatException | PolygonException.BadData e) {
      said.problems().add(new Problem(number, String.valueOf(e.getMessage())));
    }
  }

  private static Override override(int line, Ticker ticker, String[] cells) {
    if (cells.length < 3 || cells.length > 4) {
      throw new DateTimeException("'%s' expected".formatted(HEADER));
    }
    LocalDate day = LocalDate.parse(cells[1]);
    if (cells.length == 3) {
      if (!cells[2].equals("void")) {
        throw new DateTimeException("'void' or two numbers of shares expected after the date");
      }
      return new Override(line, day, Optional.empty());
    }
    return new Override(
        line, day, Optional.of(new Split(ticker, day, shares(cells[2]), shares(cells[3]))));
  }

  private static double shares(String cell) {
    if (!cell.matches("[0-9]{1,12}(\\.[0-9]{1,12})?")) {
      throw new NumberFormatException("'%s' is no number of shares".formatted(cell));
    }
    return Double.parseDouble(cell);
  }
}
