package com.alphaxiii.polygon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The launcher, with a Java that prints what it is given and a Maven that counts its builds. */
@Timeout(60)
@DisabledOnOs(OS.WINDOWS)
class LauncherTest {
  private static final String JAVA =
      """
      #!/bin/sh
      case "$*" in
        *-XshowSettings*) echo '    java.specification.version = 25' ;;
        *) for argument; do printf '[%s]\\n' "$argument"; done ;;
      esac
      """;

  /** The same, and a server that writes the cache of classes asked of it when it is stopped. */
  private static final String TRAINED_JAVA =
      """
      #!/bin/sh
      case "$*" in
        *-XshowSettings*) echo '    java.specification.version = 25' ;;
        *-XX:AOTCacheOutput=*" serve "*)
          for argument; do
            case $argument in -XX:AOTCacheOutput=*) cache=${argument#*=} ;; esac
          done
          trap 'echo "$POLYGON_API_KEY" >"$cache"; exit 143' TERM
          echo '  health     http://127.0.0.1:9/health'
          while :; do sleep 0.1; done
          ;;
        *) for argument; do printf '[%s]\\n' "$argument"; done ;;
      esac
      """;

  /** Slow enough for a second start to find it at work. */
  private static final String MAVEN =
      """
      #!/bin/sh
      echo build >>"$BUILDS"
      sleep 1
      mkdir -p "$APP/lib"
      """;

  @TempDir Path folder;
  private Path checkout;
  private Path app;
  private Path builds;

  @BeforeEach
  void checkOut() throws IOException {
    checkout = Files.createDirectory(folder.resolve("a check out"));
    app = checkout.resolve("cli/target/app");
    builds = folder.resolve("builds");
    Path source = Path.of(System.getProperty("polygon.root"), "polygon");
    program(checkout.resolve("polygon"), Files.readString(source));
    program(folder.resolve("jdk/bin/java"), JAVA);
    program(folder.resolve("maven/mvn"), MAVEN);
    Files.writeString(checkout.resolve("pom.xml"), "<project/>");
  }

  private static void program(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private Process start(Path launcher, boolean maven) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(launcher.toString(), "bars", "two words");
    builder.environment().clear();
    builder
        .environment()
        .put("PATH", (maven ? folder.resolve("maven") + ":" : "") + "/usr/bin:/bin");
    builder.environment().put("JAVA_HOME", folder.resolve("jdk").toString());
    builder.environment().put("BUILDS", builds.toString());
    builder.environment().put("APP", app.toString());
    return builder
        .directory(folder.toFile())
        .redirectError(ProcessBuilder.Redirect.appendTo(folder.resolve("words").toFile()))
        .start();
  }

  private List<String> end(Process process) throws Exception {
    List<String> out = process.inputReader().lines().toList();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(folder.resolve("words"))).isZero();
    return out;
  }

  @Test
  void twoFirstStartsAtOnceBuildOnce() throws Exception {
    Assumptions.assumeTrue(
        Files.isExecutable(Path.of("/usr/bin/flock")), "the launcher waits where there is flock");
    Process one = start(checkout.resolve("polygon"), true);
    Process two = start(checkout.resolve("polygon"), true);
    assertThat(end(one)).endsWith("[com.alphaxiii.polygon.cli.Main]", "[bars]", "[two words]");
    assertThat(end(two)).endsWith("[com.alphaxiii.polygon.cli.Main]", "[bars]", "[two words]");
    assertThat(Files.readAllLines(builds)).hasSize(1);
  }

  @Test
  void runsThroughALinkFromAPathWithSpacesWithoutMavenOnceBuilt() throws Exception {
    end(start(checkout.resolve("polygon"), true));
    Files.createFile(app.resolve("polygon.aot"));
    Path link = Files.createSymbolicLink(folder.resolve("second"), Path.of("a check out/polygon"));
    Path other = Files.createSymbolicLink(folder.resolve("polygon"), link);
    assertThat(end(start(other, false)))
        .contains("[-XX:AOTCache=" + app.resolve("polygon.aot") + "]", "[" + app + "/lib/*]");
    assertThat(Files.readAllLines(builds)).hasSize(1);
  }

  @Test
  void aServerThatIsStartedAndStoppedLeavesTheCacheOfClasses() throws Exception {
    program(folder.resolve("jdk/bin/java"), TRAINED_JAVA);
    Path cache = app.resolve("polygon.aot");
    assertThat(end(start(checkout.resolve("polygon"), true)))
        .contains("[-XX:AOTCache=" + cache + "]");
    // It asks nobody for anything with somebody's key.
    assertThat(Files.readString(cache)).isEqualTo("no-key-for-the-trial\n");
    assertThat(checkout.resolve("cli/target/trial")).doesNotExist();
  }

  @Test
  void buildsAnewAfterASourceHasChanged() throws Exception {
    end(start(checkout.resolve("polygon"), true));
    Path source = checkout.resolve("core/src/main/java/A.java");
    Files.createDirectories(source.getParent());
    Files.writeString(source, "class A {}");
    Files.setLastModifiedTime(source, FileTime.from(Instant.EPOCH));
    end(start(checkout.resolve("polygon"), true));
    assertThat(Files.readAllLines(builds)).hasSize(1);
    // While it was built, which took a second.
    Instant meanwhile = Files.getLastModifiedTime(builds).toInstant().plusMillis(100);
    Files.setLastModifiedTime(source, FileTime.from(meanwhile));
    end(start(checkout.resolve("polygon"), true));
    assertThat(Files.readAllLines(builds)).hasSize(2);
  }
}
