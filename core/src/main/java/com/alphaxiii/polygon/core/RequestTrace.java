package com.alphaxiii.polygon.core;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The request that the current thread works for: its id, which log lines show, and how often the
 * vendor was asked because of it. It goes with the thread as {@link CallerName} does; work handed
 * to other threads must carry it along.
 */
public final class RequestTrace {
  private static final ScopedValue<RequestTrace> CURRENT = ScopedValue.newInstance();

  private final String id;
  private final AtomicInteger upstreamCalls = new AtomicInteger();

  /** A request that has asked the vendor for nothing yet. */
  public RequestTrace(String id) {
    this.id = id;
  }

  /** Does some work for this request. */
  public void run(Runnable work) {
    ScopedValue.where(CURRENT, this).run(work);
  }

  /** Does some work for a request, or for none when there is none. */
  public static void run(Optional<RequestTrace> trace, Runnable work) {
    trace.ifPresentOrElse(each -> each.run(work), work);
  }

  /** The request that the current thread works for; empty when it works for none. */
  public static Optional<RequestTrace> current() {
    return CURRENT.isBound() ? Optional.of(CURRENT.get()) : Optional.empty();
  }

  /** The vendor is asked, on behalf of the current request if there is one. */
  public static void countUpstreamCall() {
    if (CURRENT.isBound()) {
      CURRENT.get().upstreamCalls.incrementAndGet();
    }
  }

  public String id() {
    return id;
  }

  /** How often the vendor was asked so far; attempts that failed count. */
  public int upstreamCalls() {
    return upstreamCalls.get();
  }
}
