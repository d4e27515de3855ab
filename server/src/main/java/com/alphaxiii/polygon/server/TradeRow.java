package com.alphaxiii.polygon.server;

import com.alphaxiii.polygon.core.Trade;

/** Writes trades. */
final class TradeRow implements TickRow<Trade> {
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
