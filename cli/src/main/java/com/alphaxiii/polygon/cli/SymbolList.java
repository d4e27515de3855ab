package com.alphaxiii.polygon.cli;

import com.alphaxiii.polygon.core.PolygonException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Symbols as given on the command line: {@code A,B}, or {@code @file} with one or more a line. */
final class SymbolList {
  private SymbolList() {}

  /**
   * Reads symbols; in a file, {@code #} begins a comment.
   *
   * @param folder that a file's name is relative to
   */
  static List<String> parse(String text, Path folder) {
    List<String> symbols =
        text.startsWith("@")
            ? lines(folder.resolve(text.substring(1))).stream()
                .map(line -> line.split("#", 2)[0])
                .flatMap(SymbolList::split)
                .toList()
            : split(text).toList();
    if (symbols.isEmpty()) {
      throw new PolygonException.InvalidRequest(
          "--symbols", text, "there is no symbol in '%s'".formatted(text));
    }
    return symbols;
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new PolygonException.InvalidRequest(
          "--symbols",
          file.toString(),
          "cannot read the symbols in %s (%s): is there such a text file?"
              .formatted(file, e.getClass().getSimpleName()));
    }
  }

  private static Stream<String> split(String text) {
    return Stream.of(text.split("[,\\s]+", -1)).filter(symbol -> !symbol.isEmpty());
  }
}
