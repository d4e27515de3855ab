/** The command line: one class per command, wiring, the only place that may end the process. */
@NullMarked
package com.alphaxiii.polygon.cli;

import org.jspecify.annotations.NullMarked;
