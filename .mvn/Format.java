import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.JavaFormatterOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Checks or applies the code format: {@code Format.java check|apply ROOT}. */
public final class Format {
  public static void main(String[] args) throws Exception {
    boolean apply = args[0].equals("apply");
    var formatter = new Formatter(JavaFormatterOptions.defaultOptions());
    List<Path> differing = new ArrayList<>();
    for (Path file : sources(Path.of(args[1]))) {
      String source = Files.readString(file);
      String formatted;
      try {
        formatted = formatter.formatSourceAndFixImports(source);
        // A broken comment line may be joined only in a second pass.
        formatted = apply ? formatter.formatSourceAndFixImports(formatted) : formatted;
      } catch (Exception e) {
        System.err.println(file + ": " + e.getMessage());
        System.exit(1);
        return;
      }
      if (!formatted.equals(source)) {
        differing.add(file);
        if (apply) {
          Files.writeString(file, formatted);
        }
      }
    }
    if (differing.isEmpty()) {
      return;
    }
    differing.forEach(
        file -> System.err.println((apply ? "formatted " : "not formatted: ") + file));
    if (!apply) {
      System.err.println("Run: mvn -N process-sources -Dformat.mode=apply");
      System.exit(1);
    }
  }

  private static List<Path> sources(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .filter(f -> f.toString().endsWith(".java"))
          .filter(f -> !root.relativize(f).toString().contains("target"))
          .sorted()
          .toList();
    }
  }
}
