package com.alphaxiii.polygon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Keeps ARCHITECTURE.md true: what it names in backticks like a type or method exists. */
class ArchitectureDocumentTest {
  private static final Pattern TYPE =
      Pattern.compile("`([A-Z][A-Za-z]+)(?:[.#]([a-z][A-Za-z]*))?(?:\\(\\))?`");

  @Test
  void everyTypeAndMethodItNamesExists() throws Exception {
    String text = Files.readString(Path.of(System.getProperty("polygon.root"), "ARCHITECTURE.md"));
    JavaClasses all = new ClassFileImporter().importPackages("com.alphaxiii.polygon");
    Set<String> members =
        all.stream()
            .flatMap(
                type ->
                    java.util.stream.Stream.concat(
                        java.util.stream.Stream.of(type.getSimpleName()),
                        type.getAllMethods().stream()
                            .map(m -> type.getSimpleName() + "." + m.getName())))
            .collect(Collectors.toSet());
    List<String> named =
        TYPE.matcher(text).results().map(ArchitectureDocumentTest::member).distinct().toList();
    assertThat(named).as("types named in ARCHITECTURE.md").hasSizeGreaterThan(10);
    assertThat(named).allSatisfy(name -> assertThat(members).contains(name));
  }

  private static String member(MatchResult match) {
    return match.group(2) == null ? match.group(1) : match.group(1) + "." + match.group(2);
  }
}
