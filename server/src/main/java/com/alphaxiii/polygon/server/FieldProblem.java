package com.alphaxiii.polygon.server;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One thing wrong with a request.
 *
 * @param value what was given; null when nothing was
 */
record FieldProblem(String field, String message, @Nullable JsonNode value) {}
