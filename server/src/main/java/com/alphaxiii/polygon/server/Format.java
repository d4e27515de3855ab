package com.alphaxiii.polygon.server;

import com.alphaxiii.polygon.core.PolygonException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A form in which rows are answered. */
enum Format {
  /** One document, with all that is known of the rows. */
  JSON("application/json"),
  /** One JSON object a line. */
  NDJSON("application/x-ndjson"),
  /** Comma-separated values with a line of names. */
  CSV("text/csv"),
  /** An Arrow IPC stream of columns. */
  ARROW("application/vnd.apache.arrow.stream"),
  /** A Parquet file. */
  PARQUET("application/vnd.apache.parquet");

  private final String mediaType;

  Format(String mediaType) {
    this.mediaType = mediaType;
  }

  String mediaType() {
    return mediaType;
  }

  /** As the parameter {@code format} names it. */
  private String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The one a parameter names.
   *
   * @throws PolygonException.InvalidRequest when there is none so called
   */
  static Format parse(String word) {
    return Arrays.stream(values())
        .filter(format -> format.word().equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                new PolygonException.InvalidRequest(
                    "format",
                    word,
                    "'%s' is not a format: use %s"
                        .formatted(
                            word,
                            Arrays.stream(values())
                                .map(Format::word)
                                .collect(Collectors.joining(", ")))));
  }

  /**
   * What to answer with: the format that a parameter names, else the one that the header likes
   * best; the first of those it likes equally.
   *
   * @throws NotAcceptable when the header allows none
   */
  static Format choose(
      @SuppressWarnings("OptionalUsedAsFieldOrParameterType") Optional<Format> named,
      @Nullable String accept) {
    if (named.isPresent() || accept == null || accept.isBlank()) {
      return named.orElse(JSON);
    }
    Format best = null;
    double most = 0;
    for (Format format : values()) {
      double quality = quality(accept, format.mediaType);
      if (quality > most) {
        best = format;
        most = quality;
      }
    }
    if (best == null) {
      throw new NotAcceptable(accept);
    }
    return best;
  }

  /** How much a header likes a type, 0 to 1, by the most specific of its entries. */
  private static double quality(String accept, String type) {
    int specific = -1;
    double quality = 0;
    for (String entry : accept.toLowerCase(Locale.ROOT).split(",", -1)) {
      String[] parts = entry.strip().split("\\s*;\\s*", -1);
      int match = specificity(parts[0], type);
      if (match > specific) {
        specific = match;
        quality = weight(parts);
      }
    }
    return quality;
  }

  private static int specificity(String range, String type) {
    if (range.equals(type)) {
      return 2;
    }
    if (range.endsWith("/*") && type.startsWith(range.substring(0, range.length() - 1))) {
      return 1;
    }
    return range.equals("*/*") ? 0 : -1;
  }

  private static double weight(String[] parts) {
    for (String part : parts) {
      if (part.matches("q=(0(\\.[0-9]{0,3})?|1(\\.0{0,3})?)")) {
        return Double.parseDouble(part.substring(2));
      }
    }
    return 1;
  }

  /** A client takes none of the forms that there are. */
  static final class NotAcceptable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String accept;

    private NotAcceptable(String accept) {
      super(accept);
      this.accept = accept;
    }

    String detail() {
      return "There is no answer as '%s'; there are %s, and format= in the address chooses one"
          .formatted(
              accept,
              Arrays.stream(values()).map(Format::mediaType).collect(Collectors.joining(", ")));
    }
  }
}
