package com.alphaxiii.polygon.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** What the cache costs beside what could be used instead; see bench/README.md. */
final class CacheBench {
  private CacheBench() {}

  public static void main(String[] args) throws Exception {
    for (String part :
        args.length == 0 ? List.of("json", "read", "cold", "many", "validate") : List.of(args)) {
      Path root = Files.createTempDirectory("cache-bench");
      try {
        switch (part) {
          case "json" -> JsonBench.run();
          case "read" -> new ReadBench(root).run();
          case "cold" -> ColdBench.run(root);
          case "many" -> ManyBench.run(root);
          case "validate" -> ValidateBench.run(root);
          default -> throw new IllegalArgumentException("no such benchmark: " + part);
        }
      } finally {
        delete(root);
      }
    }
    System.exit(0);
  }

  private static void delete(Path root) throws Exception {
    try (var files = Files.walk(root)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  static void say(String text, Object... values) {
    System.out.println(String.format(Locale.ROOT, text, values));
  }

  static void figure(String what, double millis) {
    say("%-28s %10.2f ms", what, millis);
  }

  static void ratio(String what, double ratio, String aim) {
    say("%-28s %10.2f    (%s)", what, ratio, aim);
  }
}
