package com.alphaxiii.polygon.catalogue;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * One input of an endpoint.
 *
 * @param name as the vendor names it; in a path by its position
 * @param required those in the path always are
 * @param defaultValue what leaving it out means, as one would write it
 * @param values all that it takes; empty when it takes any of its type
 * @param least included
 * @param most included, as documented
 */
public record Parameter(
    String name,
    Place place,
    ValueType type,
    Filter filter,
    boolean required,
    Optional<String> defaultValue,
    List<String> values,
    OptionalLong least,
    OptionalLong most) {

  /** Where it is sent. */
  public enum Place {
    PATH,
    QUERY
  }

  public Parameter {
    values = List.copyOf(values);
  }

  /** All names under which it may be sent: its own, then one for each filter. */
  public List<String> names() {
    return Stream.concat(Stream.of(name), filter.suffixes().stream().map(s -> name + "." + s))
        .toList();
  }
}
