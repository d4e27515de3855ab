package com.alphaxiii.polygon.server;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the certificate's files from time to time, so that a renewed one serves without a
 * restart. Files that cannot be used change nothing.
 */
final class TlsReload {
  private static final Logger LOG = LoggerFactory.getLogger(TlsReload.class);
  private static final long INTERVAL_MILLIS = 1_000;

  private final TlsFiles files;
  private final List<Loop> loops;
  private TlsFiles.@Nullable Age seen;

  private TlsReload(TlsFiles files, List<Loop> loops) {
    this.files = files;
    this.loops = loops;
    this.seen = age();
  }

  /** Looks until the server ends. */
  static void start(Vertx vertx, TlsFiles files, List<Loop> loops) {
    TlsReload reload = new TlsReload(files, loops);
    // Two small questions to the file system; the timer ends with the server.
    vertx.setPeriodic(INTERVAL_MILLIS, timer -> reload.look());
  }

  private void look() {
    TlsFiles.Age age = age();
    if (age == null || age.equals(seen)) {
      return;
    }
    seen = age;
    try {
      files.check();
    } catch (RuntimeException e) {
      LOG.error("The new certificate is not used: {}", e.getMessage());
      return;
    }
    Future.join(loops.stream().map(Loop::reload).toList())
        .onSuccess(done -> LOG.info("The certificate was read anew from {}", files.certificate()))
        .onFailure(e -> LOG.error("The new certificate is not used: {}", e.getMessage()));
  }

  /** Null while a file is missing, as it may be while it is replaced. */
  private TlsFiles.@Nullable Age age() {
    try {
      return files.age();
    } catch (IOException e) {
      return null;
    }
  }
}
