package com.alphaxiii.polygon;

import com.alphaxiii.polygon.client.FlatFileDataset;
import com.alphaxiii.polygon.core.PolygonException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which flat files are to be imported, and what of them.
 *
 * @param datasets in this order
 * @param from first day; empty for all there are
 * @param to last day, included; empty for all there are
 * @param symbols that are taken; empty for all
 * @param again also files that have been imported and look as they did
 */
public record ImportRequest(
    List<FlatFileDataset> datasets,
    Optional<LocalDate> from,
    Optional<LocalDate> to,
    Set<String> symbols,
    boolean again) {
  /** Throws {@link PolygonException.InvalidRequest} when the days are the wrong way round. */
  public ImportRequest {
    datasets = List.copyOf(datasets);
    symbols = Set.copyOf(symbols);
    if (from.isPresent() && to.isPresent() && to.get().isBefore(from.get())) {
      throw new PolygonException.InvalidRequest(
          "to",
          to.get().toString(),
          "the last day (%s) lies before the first (%s)".formatted(to.get(), from.get()));
    }
  }

  /** All bars of all files that are new or have been issued again; no trades and no quotes. */
  public static ImportRequest all() {
    return new ImportRequest(
        FlatFileDataset.bars(), Optional.empty(), Optional.empty(), Set.of(), false);
  }
}
