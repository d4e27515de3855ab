package com.alphaxiii.polygon.client;

import com.alphaxiii.polygon.catalogue.Answer;
import com.alphaxiii.polygon.catalogue.Endpoint;
import com.alphaxiii.polygon.core.PolygonException.BadData;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;

/** Reads one page of an endpoint whose answer is a list, and makes values of its elements. */
final class RowPage<T> implements Requests.Reading<Rows<T>> {
  private static final String LABEL = "it";

  private final Answer where;
  private final Function<Row, T> decode;
  private final List<T> values = new ArrayList<>();
  private final List<Row> sent = new ArrayList<>();
  private final List<Rows.Fault> faults = new ArrayList<>();

  RowPage(Answer where, Function<Row, T> decode) {
    this.where = where;
    this.decode = decode;
  }

  @Override
  public Answer where() {
    return where;
  }

  @Override
  public int read(JsonParser parser) {
    return WireList.read(
        parser,
        String.join(".", where.key()),
        this::element,
        (index, reason) -> faults.add(new Rows.Fault(index, reason)));
  }

  private void element(JsonParser parser) {
    Row row = Row.read(parser, LABEL);
    sent.add(row);
    values.add(decode.apply(row));
  }

  @Override
  public Rows<T> content() {
    return new Rows<>(values, sent, faults);
  }

  /** Reads an answer that is one object. */
  static final class One<T> implements Requests.Reading<T> {
    private final Endpoint endpoint;
    private final Function<Row, T> decode;
    private @Nullable T value;

    One(Endpoint endpoint, Function<Row, T> decode) {
      this.endpoint = endpoint;
      this.decode = decode;
    }

    @Override
    public Answer where() {
      return endpoint.answer();
    }

    @Override
    public int read(JsonParser parser) {
      value = decode.apply(Row.read(parser, "it"));
      return 1;
    }

    @Override
    public T content() {
      if (value == null) {
        throw new BadData("the answer has no " + String.join(".", where().key()));
      }
      return value;
    }
  }
}
