package com.alphaxiii.polygon.server;

/** Paths with parameters in braces, each a whole segment, such as {@code /latest/{symbol}}. */
final class PathTemplate {
  private PathTemplate() {}

  /** {@code /latest/{symbol}} as the framework writes it: {@code /latest/:symbol}. */
  static String pattern(String path) {
    return path.replace("{", ":").replace("}", "");
  }

  /** Whether a path is one of those that a template with parameters in braces stands for. */
  static boolean matches(String template, String path) {
    int at = 0;
    int from = 0;
    for (int brace = template.indexOf('{'); brace >= 0; brace = template.indexOf('{', from)) {
      int length = brace - from;
      if (!path.regionMatches(at, template, from, length)) {
        return false;
      }
      int begin = at + length;
      at = path.indexOf('/', begin);
      at = at < 0 ? path.length() : at;
      if (at == begin) {
        return false;
      }
      from = template.indexOf('}', brace) + 1;
    }
    return path.length() - at == template.length() - from
        && path.regionMatches(at, template, from, template.length() - from);
  }
}
