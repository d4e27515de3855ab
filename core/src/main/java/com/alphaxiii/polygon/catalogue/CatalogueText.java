package com.alphaxiii.polygon.catalogue;

import com.alphaxiii.polygon.catalogue.Answer.Shape;
import com.alphaxiii.polygon.catalogue.Order.Direction;
import com.alphaxiii.polygon.catalogue.Parameter.Place;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the catalogue's own text, whose form its head explains. By hand, without patterns and
 * lambdas, since every start of a program that uses the catalogue waits for it. A mistake in the
 * text is a mistake in the program and ends in {@link IllegalStateException}.
 */
final class CatalogueText {
  private static final String RESOURCE = "endpoints.txt";
  private static final Map<String, ValueType> TYPES = new HashMap<>();

  static {
    for (ValueType type : ValueType.values()) {
      TYPES.put(type.word(), type);
    }
  }

  private CatalogueText() {}

  static List<Endpoint> resource() {
    try (InputStream text = CatalogueText.class.getResourceAsStream(RESOURCE)) {
      if (text == null) {
        throw new IllegalStateException(RESOURCE + " is not on the class path");
      }
      return read(new String(text.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<Endpoint> read(String text) {
    List<Endpoint> all = new ArrayList<>();
    List<String> block = new ArrayList<>();
    int start = 0;
    while (start <= text.length()) {
      int end = text.indexOf('\n', start);
      end = end < 0 ? text.length() : end;
      String line = text.substring(start, end);
      start = end + 1;
      if (line.startsWith("#")) {
        continue;
      }
      if (line.isBlank()) {
        endpoint(block, all);
      } else if (line.startsWith("    ")) {
        block.set(block.size() - 1, block.getLast() + " " + line.strip());
      } else {
        block.add(line.stripTrailing());
      }
    }
    endpoint(block, all);
    return all;
  }

  private static void endpoint(List<String> block, List<Endpoint> all) {
    if (block.isEmpty()) {
      return;
    }
    String head = block.getFirst();
    try {
      all.add(new Block(block).endpoint());
    } catch (RuntimeException e) {
      throw new IllegalStateException("the catalogue cannot be read at: " + head, e);
    }
    block.clear();
  }

  /** The lines of one endpoint. */
  private static final class Block {
    private final String head;
    private final Map<String, String> lines = new HashMap<>();
    private final List<String> aliases = new ArrayList<>();

    Block(List<String> block) {
      head = block.getFirst();
      for (String line : block.subList(1, block.size())) {
        String text = line.strip();
        int space = text.indexOf(' ');
        String word = space < 0 ? text : text.substring(0, space);
        String rest = space < 0 ? "" : text.substring(space + 1).strip();
        if (word.equals("alias")) {
          aliases.add(rest);
        } else if (lines.put(word, rest) != null) {
          throw new IllegalStateException("two lines begin with " + word);
        }
      }
    }

    Endpoint endpoint() {
      int colon = head.indexOf(": ");
      List<String> needs = words(line("needs"));
      Set<AssetClass> markets = EnumSet.noneOf(AssetClass.class);
      for (String market : needs.subList(1, needs.size())) {
        markets.add(constant(AssetClass.class, market));
      }
      List<Parameter> parameters = new ArrayList<>();
      for (String variable : words(lines.getOrDefault("in", ""))) {
        parameters.add(new Terms(variable).parameter(Place.PATH));
      }
      for (String parameter : words(lines.getOrDefault("query", ""))) {
        parameters.add(new Terms(parameter).parameter(Place.QUERY));
      }
      return new Endpoint(
          head.substring(0, colon),
          head.substring(colon + 2),
          line("path"),
          aliases,
          constant(DataType.class, needs.getFirst()),
          markets,
          constant(Freshness.class, line("cache")),
          constant(State.class, lines.getOrDefault("state", "served")),
          Optional.ofNullable(lines.get("instead")),
          answer(line("answer")),
          order(lines.get("order")),
          words(lines.getOrDefault("identity", "")),
          lines.containsKey("csv"),
          parameters,
          new Members(lines.getOrDefault("has", "")).all(),
          new Members(lines.getOrDefault("beside", "")).all());
    }

    private String line(String word) {
      String rest = lines.get(word);
      if (rest == null) {
        throw new IllegalStateException("no line begins with " + word);
      }
      return rest;
    }
  }

  private static List<String> words(String text) {
    return text.isEmpty() ? List.of() : Arrays.asList(text.split(" "));
  }

  private static <E extends Enum<E>> E constant(Class<E> type, String word) {
    return Enum.valueOf(type, word.toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  private static Answer answer(String text) {
    List<String> words = words(text);
    String where = words.getFirst();
    boolean paged = words.size() > 1 && words.get(1).equals("paged");
    if (where.equals("document")) {
      return new Answer(Shape.DOCUMENT, List.of(), paged);
    }
    String key = where.substring(0, where.length() - 2);
    return new Answer(
        where.endsWith("[]") ? Shape.LIST : Shape.OBJECT,
        key.isEmpty() ? List.of() : Arrays.asList(key.split("\\.")),
        paged);
  }

  private static Optional<Order> order(@Nullable String text) {
    if (text == null) {
      return Optional.empty();
    }
    List<String> words = words(text);
    Direction direction =
        switch (words.get(1)) {
          case "asc" -> Direction.ASCENDING;
          case "desc" -> Direction.DESCENDING;
          case "either" -> Direction.UNKNOWN;
          default -> throw new IllegalStateException("an order is asc, desc or either");
        };
    return Optional.of(new Order(words.getFirst(), direction));
  }

  private static ValueType type(String word) {
    ValueType type = TYPES.get(word);
    if (type == null) {
      throw new IllegalStateException("no type is called " + word);
    }
    return type;
  }

  /** One parameter: {@code name^:type!=default≥least≤most(values)}. */
  private static final class Terms {
    private static final String SIGNS = "!=≥≤(";
    private final String text;

    Terms(String text) {
      this.text = text;
    }

    Parameter parameter(Place place) {
      int colon = text.indexOf(':');
      Filter filter = Filter.NONE;
      for (Filter candidate : Filter.values()) {
        if (candidate != Filter.NONE && text.startsWith(candidate.mark(), colon - 1)) {
          filter = candidate;
        }
      }
      return new Parameter(
          text.substring(0, colon - filter.mark().length()),
          place,
          type(text.substring(colon + 1, next(colon + 1))),
          filter,
          place == Place.PATH || text.indexOf('!', colon) >= 0,
          after('=', colon),
          values(colon),
          number(after('≥', colon)),
          number(after('≤', colon)));
    }

    private List<String> values(int colon) {
      Optional<String> listed = after('(', colon);
      return listed.isEmpty()
          ? List.of()
          : List.of(listed.get().substring(0, listed.get().length() - 1).split("/"));
    }

    private int next(int from) {
      int at = from;
      while (at < text.length() && SIGNS.indexOf(text.charAt(at)) < 0) {
        at++;
      }
      return at;
    }

    private Optional<String> after(char sign, int from) {
      int at = text.indexOf(sign, from);
      return at < 0 ? Optional.empty() : Optional.of(text.substring(at + 1, next(at + 1)));
    }

    private static OptionalLong number(Optional<String> digits) {
      return digits.isPresent()
          ? OptionalLong.of(Long.parseLong(digits.get()))
          : OptionalLong.empty();
    }
  }

  /** Members of an object: {@code name:type name[]:type name{member:type}}. */
  private static final class Members {
    private final String text;
    private int at;

    Members(String text) {
      this.text = text;
    }

    List<Field> all() {
      List<Field> fields = list();
      if (at != text.length()) {
        throw new IllegalStateException("the members go on after their end");
      }
      return fields;
    }

    private List<Field> list() {
      List<Field> fields = new ArrayList<>();
      while (at < text.length() && text.charAt(at) != '}') {
        fields.add(field());
        while (at < text.length() && text.charAt(at) == ' ') {
          at++;
        }
      }
      return fields;
    }

    private Field field() {
      String name = until(":{[");
      boolean list = text.charAt(at) == '[';
      at += list ? 2 : 0;
      if (text.charAt(at++) == '{') {
        List<Field> members = list();
        at++;
        return new Field(name, ValueType.OBJECT, list, members);
      }
      return new Field(name, type(until(" }")), list, List.of());
    }

    private String until(String signs) {
      int start = at;
      while (at < text.length() && signs.indexOf(text.charAt(at)) < 0) {
        at++;
      }
      return text.substring(start, at);
    }
  }
}
