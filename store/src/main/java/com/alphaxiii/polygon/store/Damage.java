package com.alphaxiii.polygon.store;

import java.nio.file.Path;

/**
 * Something in a cache folder that is not as it should be.
 *
 * @param path the file at fault; of what stands only in the catalog, the catalog's
 * @param detail what is wrong with it
 * @param remedy what was done, or what would be done
 */
public record Damage(Kind kind, Path path, String detail, String remedy) {
  /** What is damaged. */
  public enum Kind {
    /** The catalog is no database, or one whose pages or tables are broken. */
    CATALOG,
    /** There is no catalog, though there are files. */
    CATALOG_MISSING,
    /** A row of a part, or of what it covers, is not as it was written or cannot be true. */
    CATALOG_ROW,
    /** Coverage of a part that the catalog does not know. */
    COVERAGE,
    /** Splits or dividends are not as they were written. */
    REFERENCE,
    /** The catalog knows a file that is not there. */
    FILE_MISSING,
    /** A file was cut or grew. */
    FILE_SIZE,
    /** A file has other bytes than were written, or cannot be decoded. */
    FILE_CONTENT,
    /** A file holds other bars than the catalog says. */
    FILE_ROWS,
    /** A file that the catalog does not know. */
    STRAY_FILE,
    /** What a write that was cut short left behind. */
    UNFINISHED_WRITE,
    /** What a removal that was cut short left behind. */
    UNFINISHED_REMOVAL
  }
}
