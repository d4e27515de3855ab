package com.alphaxiii.polygon.simulator;

import com.alphaxiii.polygon.core.PolygonException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;

/** Reads a CSV file with a header line, plain or gzipped, row by row. */
final class CsvFile {
  private static final int[] NO_INTEGERS = {};

  private final Path file;
  private final Map<String, Integer> columns = new HashMap<>();
  private List<String> cells = new ArrayList<>();
  private int line = 1;

  private CsvFile(Path file) {
    this.file = file;
  }

  /** Passes every row; the row is valid only within the call. */
  static void read(Path file, Consumer<CsvFile> row) {
    var csv = new CsvFile(file);
    try (BufferedReader reader = open(file)) {
      String header = reader.readLine();
      if (header == null) {
        return;
      }
      csv.split(header);
      for (int i = 0; i < csv.cells.size(); i++) {
        csv.columns.put(csv.cells.get(i).strip().toLowerCase(Locale.ROOT), i);
      }
      for (String text = reader.readLine(); text != null; text = reader.readLine()) {
        csv.line++;
        if (!text.isEmpty()) {
          csv.split(text);
          row.accept(csv);
        }
      }
    } catch (IOException e) {
      throw new PolygonException.StorageFailure("cannot read " + file + ": " + e.getMessage(), e);
    } catch (NumberFormatException e) {
      throw new PolygonException.BadData(
          "%s, line %d: %s".formatted(file, csv.line, e.getMessage()), null, e);
    }
  }

  private static BufferedReader open(Path file) throws IOException {
    InputStream in = Files.newInputStream(file);
    try {
      InputStream content =
          file.toString().endsWith(".gz") ? new GZIPInputStream(in, 1 << 16) : in;
      return new BufferedReader(new InputStreamReader(content, StandardCharsets.UTF_8), 1 << 16);
    } catch (IOException e) {
      in.close();
      throw e;
    }
  }

  /** Cells of a line; a quoted cell may hold commas, a doubled quote within it is one quote. */
  private void split(String text) {
    var next = new ArrayList<String>(cells.isEmpty() ? 16 : cells.size());
    int at = 0;
    while (at <= text.length()) {
      if (at < text.length() && text.charAt(at) == '"') {
        var cell = new StringBuilder();
        at++;
        while (at < text.length()) {
          char c = text.charAt(at++);
          if (c != '"') {
            cell.append(c);
          } else if (at < text.length() && text.charAt(at) == '"') {
            cell.append('"');
            at++;
          } else {
            break;
          }
        }
        next.add(cell.toString());
        at++;
      } else {
        int comma = text.indexOf(',', at);
        int end = comma < 0 ? text.length() : comma;
        next.add(text.substring(at, end));
        at = end + 1;
      }
    }
    cells = next;
  }

  /** The cell of a column; empty when the file has no such column or the cell is empty. */
  String text(String column) {
    Integer index = columns.get(column);
    return index == null || index >= cells.size() ? "" : cells.get(index);
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
