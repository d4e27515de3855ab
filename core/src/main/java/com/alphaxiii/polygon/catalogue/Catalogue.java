package com.alphaxiii.polygon.catalogue;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** All of the vendor's endpoints that are known. Immutable; read once, when first asked for. */
public final class Catalogue {
  private static final class Holder {
    private static final Catalogue VENDOR = new Catalogue(CatalogueText.resource());
  }

  private final List<Endpoint> endpoints;
  private final Map<String, Endpoint> byName = new HashMap<>();
  private final Node root = new Node();

  Catalogue(List<Endpoint> endpoints) {
    this.endpoints = List.copyOf(endpoints);
    for (Endpoint endpoint : this.endpoints) {
      if (byName.put(endpoint.name(), endpoint) != null) {
        throw new IllegalStateException("two endpoints are named " + endpoint.name());
      }
      for (String path : endpoint.paths()) {
        root.add(path, endpoint);
      }
    }
  }

  /** The catalogue. */
  public static Catalogue of() {
    return Holder.VENDOR;
  }

  /** Every endpoint, the ones used most first. */
  public List<Endpoint> all() {
    return endpoints;
  }

  /**
   * The endpoint of that name, or of that path, which may be a template or filled; a query behind
   * it is passed over.
   */
  public Optional<Endpoint> find(String nameOrPath) {
    return nameOrPath.startsWith("/")
        ? match(nameOrPath).map(Match::endpoint)
        : Optional.ofNullable(byName.get(nameOrPath));
  }

  /**
   * The endpoint that serves a path and what stands in its variables, percent decoding done. A
   * query is passed over. Fixed segments go before variables.
   */
  public Optional<Match> match(String path) {
    int query = path.indexOf('?');
    String[] segments = segments(query < 0 ? path : path.substring(0, query));
    List<String> values = new ArrayList<>();
    Leaf leaf = root.find(segments, 0, values);
    if (leaf == null) {
      return Optional.empty();
    }
    Map<String, String> variables = new LinkedHashMap<>();
    for (int i = 0; i < values.size(); i++) {
      variables.put(leaf.names.get(i), decoded(values.get(i)));
    }
    return Optional.of(new Match(leaf.endpoint, variables));
  }

  /**
   * An endpoint and the values of its path's variables.
   *
   * @param variables by the endpoint's names for them, in the path's order
   */
  public record Match(Endpoint endpoint, Map<String, String> variables) {
    public Match {
      variables = Collections.unmodifiableMap(new LinkedHashMap<>(variables));
    }
  }

  private static String decoded(String segment) {
    if (segment.indexOf('%') < 0) {
      return segment;
    }
    try {
      return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      // Not percent encoding after all: the text is what it says.
      return segment;
    }
  }

  private static String[] segments(String path) {
    return path.substring(path.startsWith("/") ? 1 : 0).split("/", -1);
  }

  private record Leaf(Endpoint endpoint, List<String> names) {}

  /** One segment deep in the tree of all paths. */
  private static final class Node {
    private final Map<String, Node> fixed = new HashMap<>();
    private @Nullable Node variable;
    private @Nullable Leaf leaf;

    void add(String path, Endpoint endpoint) {
      Node node = this;
      List<String> names = new ArrayList<>();
      for (String segment : segments(path)) {
        if (segment.startsWith("{")) {
          names.add(segment.substring(1, segment.length() - 1));
          if (node.variable == null) {
            node.variable = new Node();
          }
          node = node.variable;
        } else {
          Node next = node.fixed.get(segment);
          if (next == null) {
            next = new Node();
            node.fixed.put(segment, next);
          }
          node = next;
        }
      }
      if (node.leaf != null) {
        throw new IllegalStateException("two endpoints have the path " + path);
      }
      node.leaf = new Leaf(endpoint, names);
    }

    @Nullable Leaf find(String[] segments, int depth, List<String> values) {
      if (depth == segments.length) {
        return leaf;
      }
      Node next = fixed.get(segments[depth]);
      Leaf found = next == null ? null : next.find(segments, depth + 1, values);
      if (found == null && variable != null && !segments[depth].isEmpty()) {
        values.add(segments[depth]);
        found = variable.find(segments, depth + 1, values);
        if (found == null) {
          values.removeLast();
        }
      }
      return found;
    }
  }
}
