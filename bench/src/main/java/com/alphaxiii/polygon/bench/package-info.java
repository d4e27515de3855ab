/** Measurements of what the documents say about speed. */
@NullMarked
package com.alphaxiii.polygon.bench;

import org.jspecify.annotations.NullMarked;
