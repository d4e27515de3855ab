package com.alphaxiii.polygon.client;

import java.io.IOException;
import java.io.InputStream;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * Where flat files lie: a folder or the vendor's object store. All members throw {@link
 * com.alphaxiii.polygon.core.PolygonException}.
 */
public interface FlatFileStore extends AutoCloseable {
  /**
   * The files of a dataset, by day.
   *
   * @param from first day; empty for all there are
   * @param to last day, included; empty for all there are
   */
  List<FlatFile> list(FlatFileDataset dataset, Optional<LocalDate> from, Optional<LocalDate> to);

  /** Makes a file ready for being read several times, as by bringing it here. */
  Local fetch(FlatFile file);

  /** Gives up connections, where there are some. */
  @Override
  default void close() {}

  /** A file that lies on this machine; closing takes back what was fetched for it. */
  interface Local extends AutoCloseable {
    /** As listed, or as it was when it was fetched if it has been issued again in between. */
    FlatFile file();

    /** Its bytes from the beginning, as they lie there. */
    InputStream open() throws IOException;

    @Override
    void close();
  }
}
