package com.alphaxiii.polygon.store;

import com.alphaxiii.polygon.core.Imbalance;
import com.alphaxiii.polygon.core.Ticker;
import java.util.function.IntFunction;
import java.util.function.IntToDoubleFunction;
import java.util.function.IntToLongFunction;
import java.util.function.IntUnaryOperator;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type.Repetition;

/** The columns of a file of order imbalances. */
final class ImbalanceColumns implements TickColumns<Imbalance> {
  private static final MessageType SCHEMA =
      TickColumns.schema(
          "imbalances",
          TickColumns.instant("timestamp", Repetition.REQUIRED),
          TickColumns.code("auction_time"),
          TickColumns.text("auction"),
          TickColumns.real("imbalance"),
          TickColumns.real("paired"),
          TickColumns.real("clearing_price"),
          TickColumns.code("exchange"),
          TickColumns.number("sequence_number"));

  @Override
  public String kind() {
    return "imbalances";
  }

  @Override
  public MessageType schema() {
    return SCHEMA;
  }

  @Override
  public void write(Imbalance imbalance, TickCells cells) {
    cells.number(imbalance.time());
    cells.code(imbalance.auctionTime());
    cells.textUnlessEmpty(imbalance.auction());
    cells.real(imbalance.imbalance());
    cells.real(imbalance.paired());
    cells.real(imbalance.clearingPrice());
    cells.code(imbalance.exchange());
    cells.number(imbalance.sequence());
  }

  @Override
  public Rows<Imbalance> rows(Ticker ticker, TickBatch batch) {
    IntToLongFunction time = batch.number("timestamp");
    IntUnaryOperator auctionTime = batch.code("auction_time");
    IntFunction<String> auction = batch.textOrEmpty("auction");
    IntToDoubleFunction imbalance = batch.real("imbalance");
    IntToDoubleFunction paired = batch.real("paired");
    IntToDoubleFunction clearingPrice = batch.real("clearing_price");
    IntUnaryOperator exchange = batch.code("exchange");
    IntToLongFunction sequence = batch.number("sequence_number");
    return row ->
        new Imbalance(
            ticker,
            auctionTime.applyAsInt(row),
            auction.apply(row),
            imbalance.applyAsDouble(row),
            paired.applyAsDouble(row),
            clearingPrice.applyAsDouble(row),
            exchange.applyAsInt(row),
            time.applyAsLong(row),
            sequence.applyAsLong(row));
  }

  @Override
  public long time(Imbalance imbalance) {
    return imbalance.time();
  }
}
