package com.alphaxiii.polygon.store;

import com.alphaxiii.polygon.core.PolygonException;
import com.alphaxiii.polygon.core.Ticker;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where things lie in a folder of recordings.
 *
 * @param root need not be there
 */
record RecordingLayout(Path root) {
  private static final String PARQUET = ".parquet";
  private static final String DONE = ".done";

  /** Held by the one program that records here. */
  Path lock() {
    return root.resolve("recorder.lock");
  }

  Path journals() {
    return root.resolve("journal");
  }

  /** The folder of a session's journal. */
  Path journal(String session) {
    return journals().resolve(session);
  }

  /** What a journal is called when all of it lies in files, and only its removal is left. */
  Path done(String session) {
    return journals().resolve(session + DONE);
  }

  /** Whether a name in the journals' folder is that of one that is to be removed. */
  static boolean isDone(String name) {
    return name.endsWith(DONE);
  }

  Path temporary() {
    return root.resolve(".tmp");
  }

  Path symbols() {
    return root.resolve("symbols");
  }

  /** The folder of a ticker's events of a kind, which other tools read as one table. */
  Path folder(Ticker ticker, RecordedKind kind) {
    String symbol = SymbolPath.encode(ticker);
    return symbols().resolve(symbol).resolve(symbol + "_" + kind.word() + PARQUET);
  }

  /** What a session saw of a day. */
  Path file(TickDay day, RecordedKind kind, String session) {
    return folder(day.ticker(), kind).resolve(day.day() + "." + session + PARQUET);
  }

  Path coverage() {
    return root.resolve("coverage");
  }

  /** From when to when a session recorded what. */
  Path coverage(String session) {
    return coverage().resolve(session + PARQUET);
  }

  /** Makes the folders that a recorder needs. */
  void create() throws IOException {
    for (Path folder : List.of(journals(), temporary(), symbols(), coverage())) {
      Files.createDirectories(folder);
    }
  }

  /** The names of what lies in a folder, in order; none when there is no such folder. */
  static List<String> names(Path folder) {
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      files.forEach(file -> names.add(file.getFileName().toString()));
    } catch (NoSuchFileException | NotDirectoryException e) {
      return List.of();
    } catch (IOException e) {
      throw new PolygonException.StorageFailure(
          "%s cannot be listed (%s): see that it may be read and the disk is well"
              .formatted(folder, e),
          e);
    }
    names.sort(Comparator.naturalOrder());
    return names;
  }

  /** The session of a file of a day or of coverage, such as {@code 2013-10-08.SESSION.parquet}. */
  static String session(String name) {
    String stem = name.substring(0, name.length() - PARQUET.length());
    return stem.substring(stem.indexOf('.') + 1);
  }

  /** Removes a folder and all in it. */
  static void remove(Path folder) throws IOException {
    List<Path> all;
    try (Stream<Path> files = Files.walk(folder)) {
      all = files.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : all) {
      Files.deleteIfExists(file);
    }
  }
}
