/**
 * Facts about instruments, companies, exchanges and the market, as the vendor states them. Texts of
 * which the vendor may invent new ones (types, states) are kept as sent; what it leaves out is an
 * empty {@link java.util.Optional}.
 */
@NullMarked
package com.alphaxiii.polygon.reference;

import org.jspecify.annotations.NullMarked;
