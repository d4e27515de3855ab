/** Checks of data against the laws that it must obey: pure functions over columns. */
@NullMarked
package com.alphaxiii.polygon.validate;

import org.jspecify.annotations.NullMarked;
