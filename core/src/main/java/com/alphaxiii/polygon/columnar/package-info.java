/**
 * Tables as the world's columnar formats: Arrow IPC and Parquet, written a batch of rows at a time
 * straight to a stream. Begin with {@link com.alphaxiii.polygon.columnar.Table}.
 */
@NullMarked
package com.alphaxiii.polygon.columnar;

import org.jspecify.annotations.NullMarked;
