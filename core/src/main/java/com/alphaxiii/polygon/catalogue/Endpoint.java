package com.alphaxiii.polygon.catalogue;

import com.alphaxiii.polygon.catalogue.Parameter.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One of the vendor's routes. What the vendor declares once for each asset class is one endpoint,
 * whose parameters and fields are those of all of them together.
 *
 * @param name ours, such as {@code bars}
 * @param title what it answers
 * @param path with variables in braces
 * @param aliases other paths with the same parameters and answer
 * @param data what a plan must include
 * @param markets served; empty when the data is not bound to one
 * @param instead the endpoint that takes this one's place
 * @param order how elements come, where that is known
 * @param identity members (dotted when nested) that together tell elements apart; empty where
 *     nothing is known to
 * @param csv whether it also answers {@code text/csv}
 * @param parameters those of the path first, in its order
 * @param fields of one element, or of the object
 * @param beside members of the answer around the data, besides status, request_id, count, next_url,
 *     error and message
 */
public record Endpoint(
    String name,
    String title,
    String path,
    List<String> aliases,
    DataType data,
    Set<AssetClass> markets,
    Freshness freshness,
    State state,
    Optional<String> instead,
    Answer answer,
    Optional<Order> order,
    List<String> identity,
    boolean csv,
    List<Parameter> parameters,
    List<Field> fields,
    List<Field> beside) {

  public Endpoint {
    aliases = List.copyOf(aliases);
    markets = Set.copyOf(markets);
    identity = List.copyOf(identity);
    parameters = List.copyOf(parameters);
    fields = List.copyOf(fields);
    beside = List.copyOf(beside);
  }

  /** The variables of the path, in its order. */
  public List<Parameter> pathParameters() {
    return parameters.stream().filter(p -> p.place() == Place.PATH).toList();
  }

  /** What may stand behind the question mark. */
  public List<Parameter> queryParameters() {
    return parameters.stream().filter(p -> p.place() == Place.QUERY).toList();
  }

  /** The parameter that takes a name as it is sent, with a filter's suffix or without. */
  public Optional<Parameter> parameter(String sentName) {
    for (Parameter parameter : parameters) {
      if (parameter.names().contains(sentName)) {
        return Optional.of(parameter);
      }
    }
    return Optional.empty();
  }

  /** The path and its aliases. */
  public List<String> paths() {
    List<String> all = new ArrayList<>();
    all.add(path);
    all.addAll(aliases);
    return all;
  }
}
