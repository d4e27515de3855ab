package com.alphaxiii.polygon.cli;

import com.alphaxiii.polygon.core.Cursor;
import com.alphaxiii.polygon.core.Quote;
import com.alphaxiii.polygon.core.TickRequest;
import com.alphaxiii.polygon.core.TickSource;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code polygon quotes}. */
@Command(
    name = "quotes",
    description = "Best bids and offers of the past, finished days through the cache.",
    versionProvider = Version.class,
    mixinStandardHelpOptions = true)
final class QuotesCommand extends TicksCommand<Quote> {
  QuotesCommand(CommandContext context) {
    super(context);
  }

  @Override
  List<String> header() {
    return List.of(
        "timestamp",
        "bid_price",
        "bid_size",
        "bid_exchange",
        "ask_price",
        "ask_size",
        "ask_exchange",
        "conditions",
        "indicators",
        "sequence_number",
        "sip_timestamp",
        "participant_timestamp",
        "trf_timestamp",
        "tape");
  }

  @Override
  Cursor<Quote> ticks(TickSource source, TickRequest request) {
    return source.quotes(request);
  }

  @Override
  List<String> cells(Quote quote) {
    return List.of(
        BarFormat.number(quote.bidPrice()),
        BarFormat.number(quote.bidSize()),
        Integer.toString(quote.bidExchange()),
        BarFormat.number(quote.askPrice()),
        BarFormat.number(quote.askSize()),
        Integer.toString(quote.askExchange()),
        codes(quote.conditions()),
        codes(quote.indicators()),
        Long.toString(quote.sequence()),
        Long.toString(quote.sipTime()),
        nanos(quote.participantTime()),
        nanos(quote.trfTime()),
        Integer.toString(quote.tape()));
  }
}
