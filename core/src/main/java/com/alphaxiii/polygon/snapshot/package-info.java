/** The market as it is: the state of one ticker or of thousands in one answer. */
@NullMarked
package com.alphaxiii.polygon.snapshot;

import org.jspecify.annotations.NullMarked;
