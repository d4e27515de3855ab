package com.alphaxiii.polygon.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {
  @TempDir Path folder;

  @Test
  void laterSourcesWin() throws Exception {
    Files.writeString(
        folder.resolve(".env"),
        """
        # comment
        SERVER_PORT=1
        export SERVER_HOST="a b"   # quoted
        LOG_LEVEL=DEBUG # inline
        CACHE_DIR='x#y'
        """);
    Settings settings =
        Settings.load(
            folder,
            Map.of("SERVER_PORT", "2", "PATH", "/bin", "LOG_LEVEL", "INFO"),
            Map.of("SERVER_PORT", "3"));
    assertThat(settings.text("SERVER_PORT")).hasValue("3");
    assertThat(settings.text("SERVER_HOST")).hasValue("a b");
    assertThat(settings.text("LOG_LEVEL")).hasValue("INFO");
    assertThat(settings.text("CACHE_DIR")).hasValue("x#y");
    assertThat(settings.text("CORS_ORIGINS")).isEmpty();
    settings.check();
  }

  @Test
  void namesEveryProblemAtOnce() {
    Settings settings =
        Settings.of(Map.of("POLYGON_TEIR", "x", "SERVER_PORT", "70000", "POLYGON_TIER", "gold"));
    assertThat(settings.number("SERVER_PORT", 8200, 0, 65535)).isEqualTo(8200);
    assertThat(settings.value("POLYGON_TIER", Tier::parse, Tier.ADVANCED)).isEqualTo(Tier.ADVANCED);
    assertThatThrownBy(settings::check)
        .isInstanceOf(PolygonException.InvalidRequest.class)
        .hasMessageContaining("POLYGON_TEIR is not a setting")
        .hasMessageContaining("SERVER_PORT: 70000 lies not between 0 and 65535")
        .hasMessageContaining("POLYGON_TIER: 'gold' is not a tier");
  }

  @Test
  void aBlankValueCountsAsNotGiven() {
    assertThat(Settings.of(Map.of("POLYGON_API_KEY", "  ")).text("POLYGON_API_KEY")).isEmpty();
  }

  @Test
  void aBrokenLineIsNamedByNumberAndNeverQuoted() throws Exception {
    Files.writeString(folder.resolve(".env"), "SERVER_PORT=1\nsecretkey1234\n");
    assertThatThrownBy(() -> Settings.load(folder, Map.of(), Map.of()))
        .hasMessageContaining("line 2")
        .hasMessageNotContaining("secretkey");
  }
}
