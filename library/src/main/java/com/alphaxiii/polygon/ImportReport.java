package com.alphaxiii.polygon;

import com.alphaxiii.polygon.client.FlatFile;
import com.alphaxiii.polygon.client.FlatFileDataset;
import com.alphaxiii.polygon.core.PolygonException;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What became of each flat file of an import.
 *
 * @param outcomes by dataset and day
 * @param missing trading days between the first and the last that have no file
 */
public record ImportReport(List<Outcome> outcomes, Map<FlatFileDataset, List<LocalDate>> missing) {
  public ImportReport {
    outcomes = List.copyOf(outcomes);
    missing = Map.copyOf(new LinkedHashMap<>(missing));
  }

  /** How it ended for a file. */
  public enum Status {
    /** Its bars are in the cache. */
    IMPORTED,
    /** It was imported before and looks as it did. */
    KNOWN,
    /** Its day may still change, so it is left for later. */
    UNSETTLED,
    /** Nothing of it was imported: see {@link Outcome#error}. */
    FAILED,
    /** The import was interrupted first; a part of it may be in the cache. */
    STOPPED;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * One file.
   *
   * @param rows that were taken of it
   * @param unusable some names in it that no ticker has; their rows were left out
   * @param error why it failed; null unless it did
   */
  public record Outcome(
      FlatFile file,
      Status status,
      long rows,
      List<String> unusable,
      @Nullable PolygonException error) {
    public Outcome {
      unusable = List.copyOf(unusable);
    }

    static Outcome of(FlatFile file, Status status) {
      return new Outcome(file, status, 0, List.of(), null);
    }

    static Outcome failed(FlatFile file, PolygonException error) {
      return new Outcome(file, Status.FAILED, 0, List.of(), error);
    }

    /** Why it failed. */
    public Optional<PolygonException> failure() {
      return Optional.ofNullable(error);
    }
  }

  /** How many files ended so. */
  public long count(Status status) {
    return outcomes.stream().filter(outcome -> outcome.status() == status).count();
  }

  /** Rows stored, of all files. */
  public long rows() {
    return outcomes.stream().mapToLong(Outcome::rows).sum();
  }
}
