package com.alphaxiii.polygon.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.alphaxiii.polygon.core.PolygonException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvFileTest {
  @TempDir Path folder;

  private List<String> column(String content, String name) throws IOException {
    Path file = Files.writeString(folder.resolve("some.csv"), content);
    var cells = new ArrayList<String>();
    CsvFile.read(file, row -> cells.add(row.text(name)));
    return cells;
  }

  @Test
  void findsColumnsWhateverTheirCase() throws Exception {
    assertThat(column("Ticker,price\nA,1\nB,2\n", "ticker")).containsExactly("A", "B");
  }

  @Test
  void readsQuotedCells() throws Exception {
    String content = "a,b,c\n1,\"12,37\",x\n2,\"say \"\"so\"\"\",y\n3,\"\",z\n";
    assertThat(column(content, "b")).containsExactly("12,37", "say \"so\"", "");
    assertThat(column(content, "c")).containsExactly("x", "y", "z");
  }

  @Test
  void takesEmptyAndMissingCellsForAbsent() throws Exception {
    assertThat(column("a,b,c\n1,,3\n1\n", "b")).containsExactly("", "");
    assertThat(column("a,b\n1,2\n", "z")).containsExactly("");
  }

  @Test
  void namesFileAndLineOfABadNumber() throws Exception {
    Path file = Files.writeString(folder.resolve("bad.csv"), "price\n1\nx\n");
    assertThatThrownBy(() -> CsvFile.read(file, row -> row.number("price")))
        .isInstanceOf(PolygonException.BadData.class)
        .hasMessageContaining("bad.csv, line 3");
  }
}
