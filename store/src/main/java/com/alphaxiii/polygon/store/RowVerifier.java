package com.alphaxiii.polygon.store;

import java.util.ArrayList;
import java.util.List;

/**
 * Looks at the rows of the catalog that carry a seal of their own: ticks, kept answers, imports and
 * findings.
 */
final class RowVerifier {
  private final Database database;
  private final Layout layout;
  private final boolean repair;

  RowVerifier(CacheFolder folder, boolean repair) {
    this.database = folder.database();
    this.layout = folder.layout();
    this.repair = repair;
  }

  /** What is wrong; with repair, was. */
  List<Damage> run() {
    List<Damage> damages = new ArrayList<>();
    for (SealedTable table : SealedTable.ALL) {
      for (SealedTable.Key key : database.read(table::altered)) {
        damages.add(
            new Damage(
                Damage.Kind.CATALOG_ROW,
                layout.database(),
                "%s (%s %s) was altered".formatted(table.what(), table.name(), key),
                table.remedy()));
        if (repair) {
          database.write(
              connection -> {
                // Looked at again: another program may have written it anew.
                if (table.altered(connection).contains(key)) {
                  table.drop(connection, key);
                }
                return null;
              });
        }
      }
    }
    return damages;
  }
}
