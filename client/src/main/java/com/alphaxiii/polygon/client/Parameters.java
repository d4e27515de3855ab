package com.alphaxiii.polygon.client;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The parameters of a request by the vendor's names, as they are gathered. */
final class Parameters {
  private final Map<String, String> given = new LinkedHashMap<>();

  static Parameters none() {
    return new Parameters();
  }

  static Parameters of(String name, Object value) {
    return new Parameters().with(name, value);
  }

  Parameters with(String name, Object value) {
    given.put(name, value.toString());
    return this;
  }

  Parameters with(String name, Optional<?> value) {
    value.ifPresent(present -> with(name, present));
    return this;
  }

  Map<String, String> given() {
    return given;
  }
}
