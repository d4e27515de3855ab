package com.alphaxiii.polygon.server;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One line for each request, to the logger {@code access} at INFO. It names the route by its
 * template, never by what was asked for, so that no secret of an address gets into it.
 */
public final class AccessLog {
  /** The name of the logger. */
  public static final String LOGGER = "access";

  /** How lines are written. */
  public enum Form {
    /** No lines. */
    OFF,
    /** {@code name=value} pairs with spaces between. */
    TEXT,
    /** A JSON object a line. */
    JSON;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static final Logger LOG = LoggerFactory.getLogger(LOGGER);

  private final Form form;
  private final InstantSource clock;

  AccessLog(Form form, InstantSource clock) {
    this.form = form;
    this.clock = clock;
  }

  boolean isOn() {
    return form != Form.OFF && LOG.isInfoEnabled();
  }

  /** Writes the line of a request that is over. */
  void write(Visit visit, int status, long bytes, long nanos, boolean whole) {
    if (!isOn()) {
      return;
    }
    JsonBytes line = new JsonBytes(320);
    boolean json = form == Form.JSON;
    line.raw(JsonBytes.ascii(json ? "{\"time\":\"" : "time="));
    line.raw(JsonBytes.ascii(clock.instant().toString()));
    line.raw(JsonBytes.ascii(json ? "\"" : ""));
    text(line, "request_id", visit.requestId());
    text(line, "client", visit.caller());
    text(line, "method", visit.method());
    text(line, "route", visit.route());
    number(line, "status", Integer.toString(status));
    number(line, "bytes", Long.toString(bytes));
    number(line, "ms", JsonBytes.text(Math.round(nanos / 1_000.0) / 1_000.0));
    number(line, "upstream", Integer.toString(visit.upstreamCalls()));
    number(line, "cached", Boolean.toString(visit.isCached() && status < 400));
    if (!whole) {
      number(line, "broken_off", "true");
    }
    if (json) {
      line.raw('}');
    }
    LOG.info("{}", new String(line.toBytes(), StandardCharsets.UTF_8));
  }

  private void text(JsonBytes line, String name, String value) {
    if (form == Form.JSON) {
      line.raw(',').text(name).raw(':').text(value);
    } else {
      line.raw(' ').raw(JsonBytes.ascii(name)).raw('=');
      if (isPlain(value)) {
        line.raw(JsonBytes.ascii(value));
      } else {
        line.text(value);
      }
    }
  }

  /** What needs no quotes. */
  private static boolean isPlain(String value) {
    return !value.isEmpty()
        && value.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '"' && c != '=' && c != '\\');
  }

  private void number(JsonBytes line, String name, String value) {
    if (form == Form.JSON) {
      line.raw(',').text(name).raw(':');
    } else {
      line.raw(' ').raw(JsonBytes.ascii(name)).raw('=');
    }
    line.raw(JsonBytes.ascii(value));
  }
}
