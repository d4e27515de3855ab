package com.alphaxiii.polygon.simulator;

import com.alphaxiii.polygon.core.PolygonException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** Reads a CSV file with a header line, plain or gzipped, row by row. */
final class CsvFile {
  private static final int[] NO_INTEGERS = {};

  private final String name;
  private final Map<String, Integer> columns = new HashMap<>();
  private String text = "";
  private int[] starts = new int[32];
  private int[] ends = new int[32];
  private int cells;
  private int line = 1;

  private CsvFile(String name) {
    this.name = name;
  }

  /** Passes every row; the row is valid only within the call. */
  static void read(Path file, Consumer<CsvFile> row) {
    read(file.toString(), () -> open(file), row);
  }

  /** The same for a file that is part of this package. */
  static void readResource(String name, Consumer<CsvFile> row) {
    read(
        name,
        () -> {
          InputStream in = CsvFile.class.getResourceAsStream(name);
          if (in == null) {
            throw new IOException("not part of this program");
          }
          return reader(in);
        },
        row);
  }

  private interface Opening {
    BufferedReader open() throws IOException;
  }

  private static void read(String name, Opening opening, Consumer<CsvFile> row) {
    var csv = new CsvFile(name);
    try (BufferedReader reader = opening.open()) {
      csv.readAll(reader, row);
    } catch (IOException e) {
      throw new PolygonException.StorageFailure("cannot read " + name + ": " + e.getMessage(), e);
    } catch (NumberFormatException e) {
      throw new PolygonException.BadData(
          "%s, line %d: %s".formatted(csv.name, csv.line, e.getMessage()), null, e);
    }
  }

  private void readAll(BufferedReader reader, Consumer<CsvFile> row) throws IOException {
    String header = reader.readLine();
    if (header == null) {
      return;
    }
    split(header);
    for (int i = 0; i < cells; i++) {
      columns.put(cell(i).strip().toLowerCase(Locale.ROOT), i);
    }
    for (String next = reader.readLine(); next != null; next = reader.readLine()) {
      line++;
      if (!next.isEmpty()) {
        split(next);
        row.accept(this);
      }
    }
  }

  private static BufferedReader open(Path file) throws IOException {
    InputStream in = Files.newInputStream(file);
    try {
      InputStream content = file.toString().endsWith(".gz") ? new GZIPInputStream(in, 1 << 16) : in;
      return reader(content);
    } catch (IOException e) {
      in.close();
      throw e;
    }
  }

  private static BufferedReader reader(InputStream in) {
    return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8), 1 << 16);
  }

  /** Finds the cells of a line; a quoted cell may hold commas and doubled quotes. */
  private void split(String next) {
    text = next;
    cells = 0;
    int at = 0;
    while (at <= next.length()) {
      int end;
      if (at < next.length() && next.charAt(at) == '"') {
        end = closingQuote(next, at + 1) + 1;
      } else {
        int comma = next.indexOf(',', at);
        end = comma < 0 ? next.length() : comma;
      }
      addCell(at, end);
      at = end + 1;
    }
  }

  /** Where a quoted cell ends: at the first quote that is not doubled. */
  private static int closingQuote(String text, int from) {
    int at = from;
    while (at < text.length()) {
      if (text.charAt(at) == '"') {
        if (at + 1 >= text.length() || text.charAt(at + 1) != '"') {
          return at;
        }
        at++;
      }
      at++;
    }
    return text.length() - 1;
  }

  private void addCell(int start, int end) {
    if (cells == starts.length) {
      starts = Arrays.copyOf(starts, cells * 2);
      ends = Arrays.copyOf(ends, cells * 2);
    }
    starts[cells] = start;
    ends[cells] = end;
    cells++;
  }

  private String cell(int i) {
    String cell = text.substring(starts[i], ends[i]);
    return cell.startsWith("\"") && cell.endsWith("\"") && cell.length() > 1
        ? cell.substring(1, cell.length() - 1).replace("\"\"", "\"")
        : cell;
  }

  /** The cell of a column; empty when the file has no such column or the cell is empty. */
  String text(String column) {
    Integer index = columns.get(column);
    return index == null || index >= cells ? "" : cell(index);
  }

  /** The number of a column that must be there. */
  double number(String column) {
    String text = text(column);
    if (text.isEmpty()) {
      throw new NumberFormatException("no " + column);
    }
    return Double.parseDouble(text);
  }

  /** The integer of a column, or {@code absent} for an empty cell. */
  long integer(String column, long absent) {
    String text = text(column);
    return text.isEmpty() ? absent : Long.parseLong(text);
  }

  /** The date of a column, or null for an empty cell. */
  @Nullable LocalDate date(String column) {
    String text = text(column);
    return text.isEmpty() ? null : LocalDate.parse(text);
  }

  int small(String column) {
    return Math.toIntExact(integer(column, 0));
  }

  /** The comma-separated integers of a column. */
  int[] integers(String column) {
    String text = text(column);
    if (text.isEmpty()) {
      return NO_INTEGERS;
    }
    String[] parts = text.split(",", -1);
    int[] values = new int[parts.length];
    for (int i = 0; i < parts.length; i++) {
      values[i] = Integer.parseInt(parts[i].strip());
    }
    return values;
  }
}
