package com.alphaxiii.polygon.server;

import com.alphaxiii.polygon.columnar.BatchBuilder;
import com.alphaxiii.polygon.columnar.Column;
import com.alphaxiii.polygon.columnar.Column.Type;
import com.alphaxiii.polygon.core.Trade;
import java.time.ZoneId;
import java.util.List;

/** Writes trades. */
final class TradeRow implements TickRow<Trade> {
  @Override
  public List<Column> columns(ZoneId zone) {
    return List.of(
        Column.time("timestamp", Type.NANOS, false, zone),
        Column.required("price", Type.FLOAT64),
        Column.required("size", Type.FLOAT64),
        Column.required("exchange", Type.INT32),
        Column.required("conditions", Type.INT32_LIST),
        Column.required("sequence_number", Type.INT64),
        Column.optional("id", Type.TEXT),
        Column.time("participant_timestamp", Type.NANOS, true, zone),
        Column.time("trf_timestamp", Type.NANOS, true, zone),
        Column.required("tape", Type.INT32),
        Column.required("trf_id", Type.INT32),
        Column.required("correction", Type.INT32));
  }

  @Override
  public void cells(Trade trade, BatchBuilder out) {
    out.whole(trade.sipTime()).real(trade.price()).real(trade.size()).whole(trade.exchange());
    out.list(TickRow.codes(trade.conditions())).whole(trade.sequence());
    if (trade.id().isEmpty()) {
      out.absent();
    } else {
      out.text(trade.id());
    }
    TickRow.timeCell(out, trade.participantTime());
    TickRow.timeCell(out, trade.trfTime());
    out.whole(trade.tape()).whole(trade.trfId()).whole(trade.correction());
  }

  @Override
  public String header() {
    return "timestamp,sip_timestamp,price,size,exchange,conditions,sequence_number,id,"
        + "participant_timestamp,trf_timestamp,tape,trf_id,correction";
  }

  @Override
  public void json(Trade trade, JsonBytes out, IsoTime time) {
    TickRow.times(out, time, trade.sipTime());
    TickRow.real(out, "price", trade.price());
    TickRow.real(out, "size", trade.size());
    TickRow.whole(out, "exchange", trade.exchange());
    TickRow.codes(out, "conditions", trade.conditions());
    TickRow.whole(out, "sequence_number", trade.sequence());
    TickRow.name(out, "id");
    if (trade.id().isEmpty()) {
      out.raw(JsonBytes.ascii("null"));
    } else {
      out.text(trade.id());
    }
    TickRow.time(out, "participant_timestamp", trade.participantTime());
    TickRow.time(out, "trf_timestamp", trade.trfTime());
    TickRow.whole(out, "tape", trade.tape());
    TickRow.whole(out, "trf_id", trade.trfId());
    TickRow.whole(out, "correction", trade.correction());
  }

  @Override
  public void csv(Trade trade, JsonBytes out, IsoTime time) {
    time.writeNanos(out, trade.sipTime());
    out.raw(',');
    TickRow.csvWhole(out, trade.sipTime());
    TickRow.csvReal(out, trade.price());
    TickRow.csvReal(out, trade.size());
    TickRow.csvWhole(out, trade.exchange());
    TickRow.csvCodes(out, trade.conditions());
    TickRow.csvWhole(out, trade.sequence());
    TickRow.csvText(out, trade.id());
    TickRow.csvTime(out, trade.participantTime());
    TickRow.csvTime(out, trade.trfTime());
    TickRow.csvWhole(out, trade.tape());
    TickRow.csvWhole(out, trade.trfId());
    out.integer(trade.correction());
  }
}
