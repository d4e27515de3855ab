package com.alphaxiii.polygon.core;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The lines of a {@code .env} file: {@code NAME=value}, an optional {@code export} before it,
 * quotes around the value, comments after {@code #}.
 */
final class DotEnv {
  private DotEnv() {}

  static Map<String, String> parse(List<String> lines) {
    Map<String, String> values = new LinkedHashMap<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      if (line.startsWith("export ")) {
        line = line.substring("export ".length()).strip();
      }
      int equals = line.indexOf('=');
      if (equals < 1) {
        // The line itself may hold a key: only its number is told.
        throw new PolygonException.InvalidRequest(
            ".env", null, ".env line %d is not NAME=value".formatted(i + 1));
      }
      values.put(line.substring(0, equals).strip(), value(line.substring(equals + 1).strip()));
    }
    return values;
  }

  private static String value(String text) {
    if (text.length() >= 2 && (text.charAt(0) == '"' || text.charAt(0) == '\'')) {
      int end = text.indexOf(text.charAt(0), 1);
      if (end > 0) {
        return text.substring(1, end);
      }
    }
    int comment = text.indexOf(" #");
    return comment < 0 ? text : text.substring(0, comment).strip();
  }
}
