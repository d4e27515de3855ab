package com.alphaxiii.polygon.core;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Everything that goes wrong in Polygon, split by what the caller can do about it. The message
 * names the subject (ticker, range, path without key, attempt, request id) and says what to do; it
 * never holds a key or token.
 */
public abstract sealed class PolygonException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final boolean retryable;
  private final @Nullable String requestId;

  private PolygonException(
      String message, boolean retryable, @Nullable String requestId, @Nullable Throwable cause) {
    super(message, cause);
    this.retryable = retryable;
    this.requestId = requestId;
  }

  /** Whether the same call may succeed if it is tried again by and by. */
  public final boolean retryable() {
    return retryable;
  }

  /** The vendor's id of the failed request, when an answer came. */
  public final Optional<String> requestId() {
    return Optional.ofNullable(requestId);
  }

  /** The key is missing, unknown or revoked (HTTP 401, {@code auth_failed}). */
  public static final class Unauthorized extends PolygonException {
    private static final long serialVersionUID = 1L;

    public Unauthorized(String message, @Nullable String requestId) {
      super(message, false, requestId, null);
    }
  }

  /** The plan does not include this data or this part of history (HTTP 403). */
  public static final class NotEntitled extends PolygonException {
    private static final long serialVersionUID = 1L;

    public NotEntitled(String message, @Nullable String requestId) {
      super(message, false, requestId, null);
    }
  }

  /** The day is not published yet (HTTP 403 "before end of day"): not never, only not now. */
  public static final class NotYetAvailable extends PolygonException {
    private static final long serialVersionUID = 1L;

    public NotYetAvailable(String message, @Nullable String requestId) {
      super(message, false, requestId, null);
    }
  }

  /** The caller asked for something that cannot be (HTTP 400, or found before any request). */
  public static final class InvalidRequest extends PolygonException {
    private static final long serialVersionUID = 1L;

    private final @Nullable String field;
    private final @Nullable String value;

    /** Found here: {@code field} names the input, {@code value} is what was given. */
    public InvalidRequest(String field, @Nullable String value, String message) {
      super(message, false, null, null);
      this.field = field;
      this.value = value;
    }

    /** Said by the vendor. */
    public InvalidRequest(String message, @Nullable String requestId) {
      super(message, false, requestId, null);
      this.field = null;
      this.value = null;
    }

    /** The input at fault; empty when the vendor refused the request as a whole. */
    public Optional<String> field() {
      return Optional.ofNullable(field);
    }

    /** What was given for it. */
    public Optional<String> value() {
      return Optional.ofNullable(value);
    }
  }

  /** The single thing named does not exist (HTTP 404). */
  public static final class NotFound extends PolygonException {
    private static final long serialVersionUID = 1L;

    public NotFound(String message, @Nullable String requestId) {
      super(message, false, requestId, null);
    }
  }

  /** Too many requests (HTTP 429), and waiting within the call's patience did not help. */
  public static final class RateLimited extends PolygonException {
    private static final long serialVersionUID = 1L;

    private final @Nullable Duration retryAfter;

    public RateLimited(String message, @Nullable String requestId, @Nullable Duration retryAfter) {
      super(message, true, requestId, null);
      this.retryAfter = retryAfter;
    }

    /**
     * How long to wait before trying again: as the vendor asked, or as the request budget reckons.
     */
    public Optional<Duration> retryAfter() {
      return Optional.ofNullable(retryAfter);
    }
  }

  /** The vendor cannot be reached or answers 5xx. */
  public static final class Unavailable extends PolygonException {
    private static final long serialVersionUID = 1L;

    public Unavailable(String message, @Nullable String requestId, @Nullable Throwable cause) {
      super(message, true, requestId, cause);
    }
  }

  /** An answer that cannot be true: cut, garbled, unordered, without its promised parts. */
  public static final class BadData extends PolygonException {
    private static final long serialVersionUID = 1L;

    public BadData(String message) {
      this(message, null, null);
    }

    public BadData(String message, @Nullable String requestId, @Nullable Throwable cause) {
      super(message, true, requestId, cause);
    }
  }

  /** The local cache cannot be read or written. */
  public static final class StorageFailure extends PolygonException {
    private static final long serialVersionUID = 1L;

    public StorageFailure(String message, @Nullable Throwable cause) {
      super(message, false, null, cause);
    }
  }
}
