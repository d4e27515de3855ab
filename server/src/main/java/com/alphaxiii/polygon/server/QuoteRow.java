package com.alphaxiii.polygon.server;

import com.alphaxiii.polygon.columnar.BatchBuilder;
import com.alphaxiii.polygon.columnar.Column;
import com.alphaxiii.polygon.columnar.Column.Type;
import com.alphaxiii.polygon.core.Quote;
import java.time.ZoneId;
import java.util.List;

/** Writes quotes. */
final class QuoteRow implements TickRow<Quote> {
  @Override
  public List<Column> columns(ZoneId zone) {
    return List.of(
        Column.time("timestamp", Type.NANOS, false, zone),
        Column.required("bid_price", Type.FLOAT64),
        Column.required("bid_size", Type.FLOAT64),
        Column.required("bid_exchange", Type.INT32),
        Column.required("ask_price", Type.FLOAT64),
        Column.required("ask_size", Type.FLOAT64),
        Column.required("ask_exchange", Type.INT32),
        Column.required("conditions", Type.INT32_LIST),
        Column.required("indicators", Type.INT32_LIST),
        Column.required("sequence_number", Type.INT64),
        Column.time("participant_timestamp", Type.NANOS, true, zone),
        Column.time("trf_timestamp", Type.NANOS, true, zone),
        Column.required("tape", Type.INT32));
  }

  @Override
  public void cells(Quote quote, BatchBuilder out) {
    out.whole(quote.sipTime());
    out.real(quote.bidPrice()).real(quote.bidSize()).whole(quote.bidExchange());
    out.real(quote.askPrice()).real(quote.askSize()).whole(quote.askExchange());
    out.list(TickRow.codes(quote.conditions())).list(TickRow.codes(quote.indicators()));
    out.whole(quote.sequence());
    TickRow.timeCell(out, quote.participantTime());
    TickRow.timeCell(out, quote.trfTime());
    out.whole(quote.tape());
  }

  @Override
  public String header() {
    return "timestamp,sip_timestamp,bid_price,bid_size,bid_exchange,ask_price,ask_size,"
        + "ask_exchange,conditions,indicators,sequence_number,participant_timestamp,trf_timestamp,"
        + "tape";
  }

  @Override
  public void json(Quote quote, JsonBytes out, IsoTime time) {
    TickRow.times(out, time, quote.sipTime());
    TickRow.real(out, "bid_price", quote.bidPrice());
    TickRow.real(out, "bid_size", quote.bidSize());
    TickRow.whole(out, "bid_exchange", quote.bidExchange());
    TickRow.real(out, "ask_price", quote.askPrice());
    TickRow.real(out, "ask_size", quote.askSize());
    TickRow.whole(out, "ask_exchange", quote.askExchange());
    TickRow.codes(out, "conditions", quote.conditions());
    TickRow.codes(out, "indicators", quote.indicators());
    TickRow.whole(out, "sequence_number", quote.sequence());
    TickRow.time(out, "participant_timestamp", quote.participantTime());
    TickRow.time(out, "trf_timestamp", quote.trfTime());
    TickRow.whole(out, "tape", quote.tape());
  }

  @Override
  public void csv(Quote quote, JsonBytes out, IsoTime time) {
    time.writeNanos(out, quote.sipTime());
    out.raw(',');
    TickRow.csvWhole(out, quote.sipTime());
    TickRow.csvReal(out, quote.bidPrice());
    TickRow.csvReal(out, quote.bidSize());
    TickRow.csvWhole(out, quote.bidExchange());
    TickRow.csvReal(out, quote.askPrice());
    TickRow.csvReal(out, quote.askSize());
    TickRow.csvWhole(out, quote.askExchange());
    TickRow.csvCodes(out, quote.conditions());
    TickRow.csvCodes(out, quote.indicators());
    TickRow.csvWhole(out, quote.sequence());
    TickRow.csvTime(out, quote.participantTime());
    TickRow.csvTime(out, quote.trfTime());
    out.integer(quote.tape());
  }
}
