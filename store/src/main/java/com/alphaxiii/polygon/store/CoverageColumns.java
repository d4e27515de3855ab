package com.alphaxiii.polygon.store;

import com.alphaxiii.polygon.core.Ticker;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.function.IntToLongFunction;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type.Repetition;

/**
 * The columns of a session's coverage.
 *
 * @param session whose it is
 */
record CoverageColumns(String session) implements TickColumns<RecordedStretch> {
  private static final MessageType SCHEMA =
      TickColumns.schema(
          "coverage",
          TickColumns.instant("from_timestamp", Repetition.REQUIRED),
          TickColumns.instant("to_timestamp", Repetition.REQUIRED),
          TickColumns.text("kind"),
          TickColumns.text("topic"),
          TickColumns.instant("first_event", Repetition.OPTIONAL),
          TickColumns.instant("last_event", Repetition.OPTIONAL),
          TickColumns.number("events"),
          TickColumns.text("end"));

  @Override
  public String kind() {
    return "coverage";
  }

  @Override
  public MessageType schema() {
    return SCHEMA;
  }

  @Override
  public void write(RecordedStretch stretch, TickCells cells) {
    cells.number(stretch.from());
    cells.number(stretch.to());
    cells.textUnlessEmpty(stretch.kind().name().toLowerCase(Locale.ROOT));
    cells.textUnlessEmpty(stretch.topic());
    cells.numberUnlessZero(stretch.firstEvent());
    cells.numberUnlessZero(stretch.lastEvent());
    cells.number(stretch.events());
    cells.textUnlessEmpty(stretch.end());
  }

  @Override
  public Rows<RecordedStretch> rows(Ticker ticker, TickBatch batch) {
    IntToLongFunction from = batch.number("from_timestamp");
    IntToLongFunction to = batch.number("to_timestamp");
    IntFunction<String> kind = batch.textOrEmpty("kind");
    IntFunction<String> topic = batch.textOrEmpty("topic");
    IntToLongFunction firstEvent = batch.numberOrZero("first_event");
    IntToLongFunction lastEvent = batch.numberOrZero("last_event");
    IntToLongFunction events = batch.number("events");
    IntFunction<String> end = batch.textOrEmpty("end");
    return row ->
        new RecordedStretch(
            RecordedStretch.Kind.valueOf(kind.apply(row).toUpperCase(Locale.ROOT)),
            topic.apply(row),
            from.applyAsLong(row),
            to.applyAsLong(row),
            firstEvent.applyAsLong(row),
            lastEvent.applyAsLong(row),
            events.applyAsLong(row),
            end.apply(row),
            session);
  }

  @Override
  public long time(RecordedStretch stretch) {
    return stretch.from();
  }
}
