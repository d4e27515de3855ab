package com.alphaxiii.polygon.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The command line in a process of its own, as users run it. */
final class PolygonProcess {
  private PolygonProcess() {}

  /** Starts a command; its words go to its output too. */
  static Process start(
      Path folder, Map<String, String> environment, ProcessBuilder.Redirect output, String... args)
      throws IOException {
    List<String> command =
        Stream.concat(
                Stream.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx512m",
                    "--enable-native-access=ALL-UNNAMED",
                    "-cp",
                    ClassPath.ofTests(),
                    Main.class.getName()),
                Stream.of(args))
            .toList();
    ProcessBuilder builder = new ProcessBuilder(command);
    builder
        .environment()
        .keySet()
        .removeIf(name -> name.startsWith("POLYGON_") || name.startsWith("MASSIVE_"));
    builder.environment().putAll(environment);
    return builder
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .redirectOutput(output)
        .start();
  }
}
