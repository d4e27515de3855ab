package com.alphaxiii.polygon.store;

import com.alphaxiii.polygon.core.Bars;
import com.alphaxiii.polygon.core.BarsBuilder;
import com.alphaxiii.polygon.core.TimeRange;
import dev.hardwood.Hardwood;
import dev.hardwood.InputFile;
import dev.hardwood.reader.ParquetFileReader;
import dev.hardwood.schema.ColumnProjection;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads part files. A file is read into memory as a whole and its checksum compared before anything
 * of it is believed; of a range, only its pages are decoded. Whole files as we write them are
 * decoded by {@link PlainParts}, all else by a library. Safe for use by many threads.
 */
final class PartReader implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PartReader.class);

  /** Fewer files are read before helpers have begun. */
  private static final int WORTH_HELP = 4;

  private final Hardwood hardwood = Hardwood.create();
  private final Crew crew;
  private final PlainParts plain;
  private final Function<PartKey, Path> files;
  private volatile boolean closed;

  /**
   * @param files where a part's file lies
   */
  PartReader(Function<PartKey, Path> files) {
    this.files = files;
    int processors = Runtime.getRuntime().availableProcessors();
    this.crew = Crew.computing(processors);
    this.plain = new PlainParts(crew, processors);
  }

  /** A file as it was when it was read. */
  private record Content(byte[] bytes, Fingerprint look) {}

  /**
   * What was read.
   *
   * @param files how the file of each part looked
   */
  record Loaded(Bars bars, List<Fingerprint> files) {}

  /**
   * The bars of a file that start within a range; none for a part without file.
   *
   * @throws DamagedPart when the file is not there or not the one expected
   * @throws IOException when nothing can be said of the file, such as during {@link #close}
   */
  Loaded read(Part expected, TimeRange range) throws IOException {
    PartKey key = expected.key();
    Series series = key.series();
    if (!expected.committed().isFile()) {
      return new Loaded(Bars.empty(series.ticker(), series.base()), List.of(expected.committed()));
    }
    if (range.encloses(key.range())) {
      return readAll(List.of(expected));
    }
    Content content = content(expected);
    try (ParquetFileReader reader = hardwood.open(buffer(content))) {
      var columns =
          reader.buildColumnReaders(ColumnProjection.all()).filter(ParquetBars.startsWithin(range));
      return new Loaded(
          ParquetBars.decoded(columns, Bars.builder(series.ticker(), series.base())),
          List.of(content.look()));
    } catch (RuntimeException | IOException e) {
      throw unreadable(key, e);
    }
  }

  private IOException unreadable(PartKey key, Exception cause) {
    return unlessClosed(
        new DamagedPart(
            key,
            Damage.Kind.FILE_CONTENT,
            "%s cannot be decoded: %s".formatted(files.apply(key), cause),
            cause));
  }

  /**
   * All that a file says.
   *
   * @param proof what its footer says of it; empty for a file of before there were proofs
   */
  record Whole(Bars bars, Fingerprint look, Optional<PartProof> proof) {}

  /** A whole file with its proof; throws as {@link #read}. */
  Whole whole(Part expected) throws IOException {
    PartKey key = expected.key();
    Content content = content(expected);
    try (ParquetFileReader reader = hardwood.open(buffer(content))) {
      BarsBuilder bars = Bars.builder(key.series().ticker(), key.series().base());
      Map<String, String> footer = reader.getFileMetaData().keyValueMetadata();
      return new Whole(
          ParquetBars.decoded(reader.buildColumnReaders(ColumnProjection.all()), bars),
          content.look(),
          PartProof.read(footer));
    } catch (RuntimeException | IOException e) {
      throw unreadable(key, e);
    }
  }

  /**
   * All bars of parts of one series, in arrays that they share.
   *
   * @param expected at least one, in order of time, each with a file
   * @throws DamagedPart as {@link #read}, for one of which it is true
   */
  Loaded readAll(List<Part> expected) throws IOException {
    Series series = expected.getFirst().key().series();
    List<Content> contents = contents(expected);
    List<Fingerprint> looks = contents.stream().map(Content::look).toList();
    Optional<Bars> plain = plain(series, contents);
    if (plain.isPresent()) {
      return new Loaded(plain.get(), looks);
    }
    BarsBuilder bars = Bars.builder(series.ticker(), series.base());
    bars.reserve(expected.stream().mapToInt(Part::rows).sum());
    try (ParquetFileReader reader =
        hardwood.openAll(contents.stream().map(PartReader::buffer).toList())) {
      return new Loaded(
          ParquetBars.decoded(reader.buildColumnReaders(ColumnProjection.all()), bars), looks);
    } catch (RuntimeException | IOException e) {
      // Which one it was is told by reading them one by one.
      for (Part part : expected.size() == 1 ? List.<Part>of() : expected) {
        readAll(List.of(part));
      }
      throw unreadable(expected.getFirst().key(), e);
    }
  }

  /** As we write them; empty when they are written otherwise or not well. */
  private Optional<Bars> plain(Series series, List<Content> contents) {
    try {
      return plain.read(series, contents.stream().map(Content::bytes).toList());
    } catch (RuntimeException e) {
      // What is wrong is for the library to say, which reads all that is valid.
      LOG.debug("{} is not read the short way: {}", series, e.toString());
      return Optional.empty();
    }
  }

  private List<Content> contents(List<Part> expected) throws IOException {
    if (expected.size() < WORTH_HELP) {
      List<Content> contents = new ArrayList<>();
      for (Part part : expected) {
        contents.add(content(part));
      }
      return contents;
    }
    @Nullable Content[] contents = new @Nullable Content[expected.size()];
    try {
      crew.each(
          IntStream.range(0, contents.length).boxed().toList(),
          i -> {
            try {
              contents[i] = content(expected.get(i));
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    return Stream.of(contents).map(Objects::requireNonNull).toList();
  }

  private static InputFile buffer(Content content) {
    return InputFile.of(ByteBuffer.wrap(content.bytes()));
  }

  private IOException unlessClosed(DamagedPart damage) {
    return closed ? new IOException("the cache was closed meanwhile", damage) : damage;
  }

  /** All of a file whose checksum is as expected. */
  private Content content(Part expected) throws IOException {
    if (closed) {
      throw new IOException("the cache was closed meanwhile");
    }
    Path file = files.apply(expected.key());
    try {
      return content(expected, file);
    } catch (NoSuchFileException | FileNotFoundException e) {
      throw new DamagedPart(expected.key(), Damage.Kind.FILE_MISSING, file + " is missing", e);
    }
  }

  private static Content content(Part expected, Path file) throws IOException {
    if (!expected.mayHave(Files.size(file))) {
      throw new DamagedPart(
          expected.key(),
          Damage.Kind.FILE_SIZE,
          file + " has another size than it was written with",
          null);
    }
    byte[] bytes;
    try (FileInputStream in = new FileInputStream(file.toFile())) {
      bytes = in.readAllBytes();
    }
    Fingerprint look = Fingerprint.of(bytes);
    if (!expected.mayBe(look)) {
      throw new DamagedPart(
          expected.key(),
          Damage.Kind.FILE_CONTENT,
          file + " has another checksum than it was written with",
          null);
    }
    return new Content(bytes, look);
  }

  /** How a file looks now. */
  Fingerprint look(Path file) throws IOException {
    try (FileInputStream in = new FileInputStream(file.toFile())) {
      return Fingerprint.of(in.readAllBytes());
    }
  }

  @Override
  public void close() {
    closed = true;
    plain.close();
    hardwood.close();
  }
}
