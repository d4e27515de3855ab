package com.alphaxiii.polygon.store;

import com.alphaxiii.polygon.core.PolygonException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says once when the disk fails and once when it works again. */
final class Health {
  private static final Logger LOG = LoggerFactory.getLogger(Health.class);

  private final AtomicBoolean failing = new AtomicBoolean();

  void failed(PolygonException.StorageFailure failure) {
    if (failing.compareAndSet(false, true)) {
      LOG.warn("{}; until then the vendor is asked each time", failure.getMessage(), failure);
    }
  }

  void worked() {
    if (failing.get() && failing.compareAndSet(true, false)) {
      LOG.info("the cache can be written again");
    }
  }
}
