package com.alphaxiii.polygon.cli;

import com.alphaxiii.polygon.core.Cursor;
import com.alphaxiii.polygon.core.TickRequest;
import com.alphaxiii.polygon.core.TickSource;
import com.alphaxiii.polygon.core.Trade;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code polygon trades}. */
@Command(
    name = "trades",
    description = "Trades of the past, finished days through the cache.",
    versionProvider = Version.class,
    mixinStandardHelpOptions = true)
final class TradesCommand extends TicksCommand<Trade> {
  TradesCommand(CommandContext context) {
    super(context);
  }

  @Override
  List<String> header() {
    return List.of(
        "timestamp",
        "price",
        "size",
        "exchange",
        "conditions",
        "sequence_number",
        "id",
        "sip_timestamp",
        "participant_timestamp",
        "trf_timestamp",
        "tape",
        "trf_id",
        "correction");
  }

  @Override
  Cursor<Trade> ticks(TickSource source, TickRequest request) {
    return source.trades(request);
  }

  @Override
  List<String> cells(Trade trade) {
    return List.of(
        BarFormat.number(trade.price()),
        BarFormat.number(trade.size()),
        Integer.toString(trade.exchange()),
        codes(trade.conditions()),
        Long.toString(trade.sequence()),
        trade.id(),
        Long.toString(trade.sipTime()),
        nanos(trade.participantTime()),
        nanos(trade.trfTime()),
        Integer.toString(trade.tape()),
        Integer.toString(trade.trfId()),
        Integer.toString(trade.correction()));
  }
}
