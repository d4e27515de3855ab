package com.alphaxiii.polygon.server;

import java.util.List;
import java.util.stream.Collectors;

/** A request whose parts are wrong, with everything that is wrong about it. */
final class InvalidInput extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<FieldProblem> problems;

  InvalidInput(List<FieldProblem> problems) {
    super(
        problems.stream()
            .map(problem -> problem.field() + ": " + problem.message())
            .collect(Collectors.joining("; ")));
    this.problems = List.copyOf(problems);
  }

  List<FieldProblem> problems() {
    return problems;
  }
}
