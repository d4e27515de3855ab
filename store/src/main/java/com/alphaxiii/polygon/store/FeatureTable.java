package com.alphaxiii.polygon.store;

import com.alphaxiii.polygon.core.Feature;
import com.alphaxiii.polygon.core.Features;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What keys may do, remembered in the catalog. */
public final class FeatureTable {
  private final Database database;

  FeatureTable(Database database) {
    this.database = database;
  }

  /** What was found out last. */
  public Optional<Features> find(String account) {
    return database.read(
        connection -> {
          try (PreparedStatement select =
              connection.prepareStatement(
                  "SELECT name, state, detail, probed_at FROM feature WHERE account = ? ORDER BY"
                      + " name")) {
            select.setString(1, account);
            List<Feature> found = new ArrayList<>();
            long probedAt = 0;
            try (ResultSet rows = select.executeQuery()) {
              while (rows.next()) {
                Feature.State state =
                    Feature.State.valueOf(rows.getString(2).toUpperCase(Locale.ROOT));
                found.add(new Feature(rows.getString(1), state, rows.getString(3)));
                probedAt = rows.getLong(4);
              }
            }
            return found.isEmpty()
                ? Optional.empty()
                : Optional.of(new Features(account, found, Instant.ofEpochMilli(probedAt)));
          }
        });
  }

  /** Keeps what was found out, instead of what was before. */
  public void replace(Features features) {
    database.write(
        connection -> {
          try (PreparedStatement delete =
                  connection.prepareStatement("DELETE FROM feature WHERE account = ?");
              PreparedStatement insert =
                  connection.prepareStatement("INSERT INTO feature VALUES (?, ?, ?, ?, ?)")) {
            delete.setString(1, features.account());
            delete.executeUpdate();
            for (Feature feature : features.features()) {
              insert.setString(1, features.account());
              insert.setString(2, feature.name());
              insert.setString(3, feature.state().toString());
              insert.setString(4, feature.detail());
              insert.setLong(5, features.probedAt().toEpochMilli());
              insert.addBatch();
            }
            insert.executeBatch();
          }
          return null;
        });
  }
}
