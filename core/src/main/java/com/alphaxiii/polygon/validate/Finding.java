package com.alphaxiii.polygon.validate;

import java.time.Instant;

/**
 * One breach of a law.
 *
 * @param law name of the law, such as {@code high_is_highest}
 * @param at start of the bar's window
 * @param message what was found, for people
 */
public record Finding(String law, Severity severity, Instant at, String message) {}
