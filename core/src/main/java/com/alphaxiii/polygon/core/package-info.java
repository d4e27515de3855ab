/** Values, ports, errors and time: what every other module speaks. */
@NullMarked
package com.alphaxiii.polygon.core;

import org.jspecify.annotations.NullMarked;
