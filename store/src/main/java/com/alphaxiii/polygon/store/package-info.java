/**
 * The local cache: raw base bars as Parquet files, what is known of them in an SQLite catalog.
 * Enter at {@link com.alphaxiii.polygon.store.BarStore}.
 */
@NullMarked
package com.alphaxiii.polygon.store;

import org.jspecify.annotations.NullMarked;
