package com.alphaxiii.polygon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every Java example of the documents compiles against the library as it is. */
class DocumentedExamplesTest {
  private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
  private static final Pattern IMPORT = Pattern.compile("(?m)^import .*;\n");
  private static final Path ROOT = Path.of(System.getProperty("polygon.root"));

  @TempDir Path classes;

  record Example(Path document, int number, String code) {
    @Override
    public String toString() {
      return document + " example " + number;
    }
  }

  static Stream<Example> examples() throws IOException {
    try (Stream<Path> docs = Files.list(ROOT.resolve("docs"))) {
      List<Path> documents =
          Stream.concat(Stream.of(ROOT.resolve("README.md")), docs.sorted())
              .filter(file -> file.toString().endsWith(".md"))
              .toList();
      return documents.stream().flatMap(DocumentedExamplesTest::examples).toList().stream();
    }
  }

  private static Stream<Example> examples(Path document) {
    try {
      List<String> codes =
          JAVA.matcher(Files.readString(document)).results().map(m -> m.group(1)).toList();
      return IntStream.range(0, codes.size())
          .mapToObj(i -> new Example(ROOT.relativize(document), i + 1, codes.get(i)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @MethodSource("examples")
  void compiles(Example example) {
    String imports =
        IMPORT
            .matcher(example.code())
            .results()
            .map(MatchResult::group)
            .collect(Collectors.joining());
    String body = IMPORT.matcher(example.code()).replaceAll("");
    String source =
        """
        import com.alphaxiii.polygon.*;
        import com.alphaxiii.polygon.core.*;
        import com.alphaxiii.polygon.store.*;
        import com.alphaxiii.polygon.validate.*;
        import java.time.*;
        import java.util.*;
        %s
        class Example {
          void example(PolygonConfig config, LocalDate from, LocalDate to) throws Exception {
        %s
          }
        }
        """
            .formatted(imports, body);
    StringWriter messages = new StringWriter();
    boolean compiled =
        ToolProvider.getSystemJavaCompiler()
            .getTask(
                messages,
                null,
                null,
                List.of("-cp", ClassPath.ofTests(), "-d", classes.toString(), "-proc:none"),
                null,
                List.of(new Source(source)))
            .call();
    assertThat(compiled).as("%s:%n%s", example, messages).isTrue();
  }

  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    Source(String text) {
      super(URI.create("string:///Example.java"), JavaFileObject.Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }
}
