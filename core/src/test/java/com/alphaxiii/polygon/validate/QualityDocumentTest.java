package com.alphaxiii.polygon.validate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page on quality lists exactly the laws that there are, each with its severity. */
class QualityDocumentTest {
  private static final Pattern ROW =
      Pattern.compile("^\\| `([a-z_]+)` \\| (info|warning|error) \\|", Pattern.MULTILINE);

  @Test
  void listsEveryLaw() throws IOException {
    Path page = Path.of(System.getProperty("polygon.root", "..")).resolve("docs/quality.md");
    Set<String> told = new TreeSet<>();
    Matcher rows = ROW.matcher(Files.readString(page));
    while (rows.find()) {
      told.add(rows.group(1) + " " + rows.group(2));
    }
    Set<String> laws = new TreeSet<>();
    for (Law law : Law.values()) {
      laws.add(law.code() + " " + law.severity());
    }
    assertThat(told).isEqualTo(laws);
  }
}
