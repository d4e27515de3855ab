package com.alphaxiii.polygon.client;

import com.alphaxiii.polygon.core.PolygonException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The vendor's flat files in its object store, or in any that speaks S3. Thread-safe.
 *
 * <p>A file is brought here as a whole before it is read, and its content is held to the ETag where
 * that is an MD5. What a run that was killed has brought is found again by the next.
 */
public final class FlatFileBucket implements FlatFileStore {
  private static final Logger LOG = LoggerFactory.getLogger(FlatFileBucket.class);
  private static final Pattern MD5 = Pattern.compile("[0-9a-f]{32}");
  private static final Pattern UNSAFE = Pattern.compile("[^A-Za-z0-9-]");

  private final ObjectStore store;
  private final Path downloads;

  /**
   * A bucket.
   *
   * @param downloads where files lie while they are imported; made when missing
   */
  public FlatFileBucket(ObjectStore store, Path downloads) {
    this.store = store;
    this.downloads = downloads;
  }

  @Override
  public List<FlatFile> list(
      FlatFileDataset dataset, Optional<LocalDate> from, Optional<LocalDate> to) {
    Map<LocalDate, FlatFile> files = new TreeMap<>();
    for (String prefix : prefixes(dataset, from, to)) {
      for (ObjectStore.Item item : store.list(prefix)) {
        file(dataset, item)
            .filter(file -> from.filter(file.day()::isBefore).isEmpty())
            .filter(file -> to.filter(file.day()::isAfter).isEmpty())
            .ifPresent(file -> files.put(file.day(), file));
      }
    }
    return List.copyOf(files.values());
  }

  /** One a month where both ends are known, since a list has 1,000 files a page. */
  private static List<String> prefixes(
      FlatFileDataset dataset, Optional<LocalDate> from, Optional<LocalDate> to) {
    if (from.isEmpty() || to.isEmpty()) {
      return List.of(dataset + "/");
    }
    List<String> prefixes = new ArrayList<>();
    YearMonth last = YearMonth.from(to.get());
    for (YearMonth month = YearMonth.from(from.get());
        !month.isAfter(last);
        month = month.plusMonths(1)) {
      prefixes.add(dataset.folder(month.atDay(1)));
    }
    return prefixes;
  }

  private static Optional<FlatFile> file(FlatFileDataset dataset, ObjectStore.Item item) {
    String name = item.key().substring(item.key().lastIndexOf('/') + 1);
    try {
      LocalDate day = LocalDate.parse(name.replaceFirst("[.]csv([.]gz)?$", ""));
      FlatFile file = new FlatFile(dataset, day, item.etag(), item.bytes(), name.endsWith(".gz"));
      return Optional.of(file).filter(one -> one.key().equals(item.key()));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  @Override
  public Local fetch(FlatFile file) {
    try {
      Files.createDirectories(downloads);
      Path path = downloads.resolve(name(file));
      if (!Files.exists(path) || !isWhole(path, file.fingerprint(), file.bytes())) {
        file = download(file);
        path = downloads.resolve(name(file));
      }
      return new Here(file, path);
    } catch (IOException e) {
      throw new PolygonException.StorageFailure(
          "%s cannot be kept in %s (%s): see that the disk has room and the folder may be written"
              .formatted(file, downloads, e),
          e);
    }
  }

  /** Known by its content, so that another run and another issue find their own. */
  private static String name(FlatFile file) {
    return UNSAFE
        .matcher(file.dataset() + "-" + file.day() + "-" + file.fingerprint())
        .replaceAll("-");
  }

  private FlatFile download(FlatFile file) throws IOException {
    Path part = Files.createTempFile(downloads, "download-", ".part");
    try {
      String etag = store.get(file.key(), part, (path, look) -> isWhole(path, look, -1));
      FlatFile found =
          new FlatFile(file.dataset(), file.day(), etag, Files.size(part), file.gzip());
      Files.move(part, downloads.resolve(name(found)), StandardCopyOption.REPLACE_EXISTING);
      return found;
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private static boolean isWhole(Path path, String etag, long bytes) throws IOException {
    if (bytes >= 0 && Files.size(path) != bytes) {
      return false;
    }
    return !MD5.matcher(etag).matches() || md5(path).equals(etag);
  }

  private static String md5(Path path) throws IOException {
    try (DigestInputStream in =
        new DigestInputStream(Files.newInputStream(path), MessageDigest.getInstance("MD5"))) {
      in.transferTo(OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(in.getMessageDigest().digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has MD5", e);
    }
  }

  /** A file that was brought here; closing removes it. */
  private record Here(FlatFile file, Path path) implements Local {
    @Override
    public InputStream open() throws IOException {
      return Files.newInputStream(path);
    }

    @Override
    public void close() {
      try {
        Files.deleteIfExists(path);
      } catch (IOException e) {
        LOG.warn("{} cannot be removed: {}", path, e.toString());
      }
    }
  }

  @Override
  public void close() {
    store.close();
  }
}
