package com.alphaxiii.polygon.server;

import com.alphaxiii.polygon.columnar.ArrowWriter;
import com.alphaxiii.polygon.columnar.ParquetWriter;
import com.alphaxiii.polygon.core.Cursor;
import com.alphaxiii.polygon.core.TickRequest;
import com.alphaxiii.polygon.core.TickSource;
import java.util.Map;
import java.util.function.Function;

/** Trades and quotes of the past, sent as they come: memory does not grow with the answer. */
final class TicksEndpoint {
  private final TickSource ticks;

  TicksEndpoint(TickSource ticks) {
    this.ticks = ticks;
  }

  /** {@code GET /api/v1/trades/{symbol}}. */
  Answer trades(Call call) {
    return answer(call, ticks::trades, new TradeRow());
  }

  /** {@code GET /api/v1/quotes/{symbol}}. */
  Answer quotes(Call call) {
    return answer(call, ticks::quotes, new QuoteRow());
  }

  private static <T> Answer answer(
      Call call, Function<TickRequest, Cursor<T>> source, TickRow<T> row) {
    TicksQuery query = TicksQuery.parse(call);
    Format format = Format.choose(query.format(), call.preferences().accept());
    Cursor<T> cursor = source.apply(query.request());
    // What fails before the first tick is told by the status; later the answer can only break off.
    boolean any = cursor.hasNext();
    TicksReply<T> reply = new TicksReply<>(query, cursor, any, row);
    return new Answer(
        200,
        format.mediaType(),
        Map.of("Vary", "Accept"),
        switch (format) {
          case JSON -> reply::json;
          case NDJSON -> reply::ndjson;
          case CSV -> reply::csv;
          case ARROW -> out -> ArrowWriter.writeStream(out, reply.table());
          case PARQUET -> out -> ParquetWriter.write(out, reply.table());
        });
  }
}
