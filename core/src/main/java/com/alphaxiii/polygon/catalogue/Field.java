package com.alphaxiii.polygon.catalogue;

import java.util.List;
import java.util.Optional;

/**
 * A member of an answer. The vendor leaves members out where they are empty or zero, whatever its
 * schema says, so none is promised here.
 *
 * @param name as sent; {@code *} stands for any name
 * @param list whether it is a list of {@code type}
 * @param members of an {@link ValueType#OBJECT}, else empty
 */
public record Field(String name, ValueType type, boolean list, List<Field> members) {
  public Field {
    members = List.copyOf(members);
  }

  /** The one that describes the member so named, if any does. */
  public static Optional<Field> find(List<Field> fields, String name) {
    return fields.stream().filter(f -> f.name.equals(name) || f.name.equals("*")).findFirst();
  }
}
