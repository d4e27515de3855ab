/**
 * The vendor's endpoints as data: paths, parameters, answers, units and what a plan must include.
 */
@NullMarked
package com.alphaxiii.polygon.catalogue;

import org.jspecify.annotations.NullMarked;
