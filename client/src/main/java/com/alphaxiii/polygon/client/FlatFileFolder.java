package com.alphaxiii.polygon.client;

import com.alphaxiii.polygon.core.PolygonException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Flat files below a folder of this machine, laid out as the vendor does it. The folder may be the
 * root, or any below it, or one file: what a file is, is told by the end of its whole path.
 */
public final class FlatFileFolder implements FlatFileStore {
  private static final Pattern KEY =
      Pattern.compile(
          "(?:.*/)?([a-z_]+)/([a-z_]+_v1)/[0-9]{4}/[0-9]{2}/([0-9]{4}-[0-9]{2}-[0-9]{2})[.]csv([.]gz)?");

  private final Map<FlatFile, Path> files = new TreeMap<>();

  private FlatFileFolder() {}

  /**
   * Looks through a folder.
   *
   * @throws PolygonException.InvalidRequest when it is not there or has no flat file of bars
   */
  public static FlatFileFolder open(Path root) {
    FlatFileFolder folder = new FlatFileFolder();
    try (Stream<Path> all = Files.walk(root.toRealPath())) {
      for (Path path : all.filter(Files::isRegularFile).toList()) {
        folder.add(path);
      }
    } catch (IOException | UncheckedIOException e) {
      throw new PolygonException.InvalidRequest(
          "PATH",
          root.toString(),
          "%s cannot be read (%s): name a folder with flat files that exists"
              .formatted(root, e.getClass().getSimpleName()));
    }
    if (folder.files.isEmpty()) {
      throw new PolygonException.InvalidRequest(
          "PATH",
          root.toString(),
          "below %s are no flat files with bars: they lie as us_stocks_sip/minute_aggs_v1/2024/01/2024-01-02.csv.gz"
              .formatted(root));
    }
    return folder;
  }

  private void add(Path path) throws IOException {
    Matcher match = KEY.matcher(path.toString().replace('\\', '/'));
    if (!match.matches()) {
      return;
    }
    Optional<FlatFileDataset> dataset = FlatFileDataset.find(match.group(1), match.group(2));
    Optional<LocalDate> day = day(match.group(3));
    if (dataset.isPresent() && day.isPresent()) {
      BasicFileAttributes now = Files.readAttributes(path, BasicFileAttributes.class);
      files.put(
          new FlatFile(dataset.get(), day.get(), look(now), now.size(), match.group(4) != null),
          path);
    }
  }

  private static String look(BasicFileAttributes of) {
    return of.size() + " bytes of " + of.lastModifiedTime().toInstant();
  }

  private static Optional<LocalDate> day(String text) {
    try {
      return Optional.of(LocalDate.parse(text));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  @Override
  public List<FlatFile> list(
      FlatFileDataset dataset, Optional<LocalDate> from, Optional<LocalDate> to) {
    // Of a day with a compressed and a plain file, one counts.
    TreeMap<LocalDate, FlatFile> byDay = new TreeMap<>();
    files.keySet().stream()
        .filter(file -> file.dataset().equals(dataset))
        .filter(file -> from.filter(file.day()::isBefore).isEmpty())
        .filter(file -> to.filter(file.day()::isAfter).isEmpty())
        .forEach(file -> byDay.put(file.day(), file));
    return List.copyOf(byDay.values());
  }

  @Override
  public Local fetch(FlatFile file) {
    Path path = files.get(file);
    if (path == null) {
      throw new IllegalArgumentException(file + " is not of this folder");
    }
    return new Local() {
      @Override
      public FlatFile file() {
        return file;
      }

      @Override
      public InputStream open() throws IOException {
        return new Unchanged(Files.newInputStream(path), path, file.fingerprint());
      }

      @Override
      public void close() {
        // It was here before.
      }
    };
  }

  /**
   * The bytes of a file that looks as it did when it was listed, which is looked at after each
   * read: what is given away was there before somebody changed it.
   */
  private static final class Unchanged extends FilterInputStream {
    private final Path path;
    private final String look;

    Unchanged(InputStream in, Path path, String look) {
      super(in);
      this.path = path;
      this.look = look;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      int count = super.read(into, offset, length);
      BasicFileAttributes now;
      try {
        now = Files.readAttributes(path, BasicFileAttributes.class);
      } catch (NoSuchFileException e) {
        throw new FlatFileChanged("it is no longer there", e);
      }
      if (!look(now).equals(look)) {
        throw new FlatFileChanged("it had %s and has %s".formatted(look, look(now)), null);
      }
      return count;
    }

    @Override
    public long skip(long count) throws IOException {
      return count > 0 && read() >= 0 ? 1 : 0;
    }
  }
}
