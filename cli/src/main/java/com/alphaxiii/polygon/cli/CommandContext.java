package com.alphaxiii.polygon.cli;

import com.alphaxiii.polygon.core.NanoClock;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;

/**
 * What surrounds a command: where its data and words go, what it was started with, and its clocks.
 *
 * @param out data, and nothing else
 * @param err words and progress
 * @param environment the process environment
 * @param folder the working directory
 * @param terminal true when a person watches {@code out}
 * @param stop ends commands that run until stopped
 */
record CommandContext(
    PrintStream out,
    PrintStream err,
    Map<String, String> environment,
    Path folder,
    boolean terminal,
    InstantSource clock,
    NanoClock nanoClock,
    StopSignal stop) {}
