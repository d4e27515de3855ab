package com.alphaxiii.polygon.cli;

import com.alphaxiii.polygon.core.PolygonException;

/** What a command's exit code says. */
final class ExitCode {
  static final int OK = 0;
  static final int FAILED = 1;
  static final int USAGE = 2;
  static final int EMPTY = 3;
  static final int NOT_ENTITLED = 4;
  static final int UNAVAILABLE = 5;

  private ExitCode() {}

  static int of(PolygonException error) {
    return switch (error) {
      case PolygonException.InvalidRequest e -> USAGE;
      case PolygonException.NotFound e -> EMPTY;
      case PolygonException.Unauthorized e -> NOT_ENTITLED;
      case PolygonException.NotEntitled e -> NOT_ENTITLED;
      case PolygonException.NotYetAvailable e -> NOT_ENTITLED;
      case PolygonException.RateLimited e -> UNAVAILABLE;
      case PolygonException.Unavailable e -> UNAVAILABLE;
      case PolygonException.BadData e -> FAILED;
      case PolygonException.StorageFailure e -> FAILED;
    };
  }
}
