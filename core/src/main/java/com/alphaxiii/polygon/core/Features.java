package com.alphaxiii.polygon.core;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a key may do.
 *
 * @param account the key's last four characters, and the host
 * @param probedAt when it was found out
 */
public record Features(String account, List<Feature> features, Instant probedAt) {
  public Features {
    features = List.copyOf(features);
  }

  /** The feature of a name. */
  public Optional<Feature> find(String name) {
    return features.stream().filter(feature -> feature.name().equals(name)).findFirst();
  }
}
