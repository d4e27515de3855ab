package com.alphaxiii.polygon.cli;

import ch.qos.logback.classic.pattern.ClassicConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import com.alphaxiii.polygon.core.RequestTrace;

/** Shows in a log line the id of the request that it was written for; nothing without one. */
public final class RequestIdConverter extends ClassicConverter {
  /** Called by the thread that logs, which is the one that works for the request. */
  @Override
  public String convert(ILoggingEvent event) {
    return RequestTrace.current().map(trace -> "[" + trace.id() + "] ").orElse("");
  }
}
