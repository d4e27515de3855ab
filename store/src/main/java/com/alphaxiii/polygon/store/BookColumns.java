package com.alphaxiii.polygon.store;

import com.alphaxiii.polygon.core.OrderBook;
import com.alphaxiii.polygon.core.OrderBook.Level;
import com.alphaxiii.polygon.core.Ticker;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.IntToLongFunction;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type.Repetition;

/** The columns of a file of order books; prices and sizes of a side are lists of equal length. */
final class BookColumns implements TickColumns<OrderBook> {
  private static final MessageType SCHEMA =
      TickColumns.schema(
          "books",
          TickColumns.instant("exchange_timestamp", Repetition.REQUIRED),
          TickColumns.reals("bid_prices"),
          TickColumns.reals("bid_sizes"),
          TickColumns.reals("ask_prices"),
          TickColumns.reals("ask_sizes"),
          TickColumns.code("exchange"),
          TickColumns.instant("vendor_timestamp", Repetition.OPTIONAL));

  @Override
  public String kind() {
    return "books";
  }

  @Override
  public MessageType schema() {
    return SCHEMA;
  }

  @Override
  public void write(OrderBook book, TickCells cells) {
    cells.number(book.exchangeTime());
    cells.reals(book.bids().stream().mapToDouble(Level::price).toArray());
    cells.reals(book.bids().stream().mapToDouble(Level::size).toArray());
    cells.reals(book.asks().stream().mapToDouble(Level::price).toArray());
    cells.reals(book.asks().stream().mapToDouble(Level::size).toArray());
    cells.code(book.exchange());
    cells.numberUnlessZero(book.receivedTime());
  }

  @Override
  public Rows<OrderBook> rows(Ticker ticker, TickBatch batch) {
    IntToLongFunction exchangeTime = batch.number("exchange_timestamp");
    IntFunction<double[]> bidPrices = batch.reals("bid_prices");
    IntFunction<double[]> bidSizes = batch.reals("bid_sizes");
    IntFunction<double[]> askPrices = batch.reals("ask_prices");
    IntFunction<double[]> askSizes = batch.reals("ask_sizes");
    IntUnaryOperator exchange = batch.code("exchange");
    IntToLongFunction vendorTime = batch.numberOrZero("vendor_timestamp");
    return row ->
        new OrderBook(
            ticker,
            levels(bidPrices.apply(row), bidSizes.apply(row)),
            levels(askPrices.apply(row), askSizes.apply(row)),
            exchange.applyAsInt(row),
            exchangeTime.applyAsLong(row),
            vendorTime.applyAsLong(row));
  }

  private static List<Level> levels(double[] prices, double[] sizes) {
    return IntStream.range(0, prices.length).mapToObj(i -> new Level(prices[i], sizes[i])).toList();
  }

  @Override
  public long time(OrderBook book) {
    return book.time();
  }
}
