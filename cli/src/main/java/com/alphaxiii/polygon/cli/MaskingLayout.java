package com.alphaxiii.polygon.cli;

import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.spi.ILoggingEvent;
import com.alphaxiii.polygon.core.Secret;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;

/**
 * The last door before a log line is written: known secrets, and whatever stands where a key would,
 * are masked even if a library logs them.
 */
final class MaskingLayout extends PatternLayout {
  private static final List<Secret> KNOWN = new CopyOnWriteArrayList<>();
  private static final Pattern KEY_PLACES =
      Pattern.compile(
          "((?:apiKey|api_key|token)=|Bearer\\s+|X-API-Key:\\s*|\"params\"\\s*:\\s*\"(?=[^,.\"]{16,}\"))[^\\s&\"',;]+",
          Pattern.CASE_INSENSITIVE);

  /** From now on this secret is masked wherever it stands in a line. */
  static void mask(Secret secret) {
    if (!KNOWN.contains(secret)) {
      KNOWN.add(secret);
    }
  }

  static String masked(String line) {
    String masked = line;
    for (Secret secret : KNOWN) {
      masked = masked.replace(secret.reveal(), secret.toString());
    }
    return KEY_PLACES.matcher(masked).replaceAll("$1****");
  }

  @Override
  public String doLayout(ILoggingEvent event) {
    return masked(super.doLayout(event));
  }
}
