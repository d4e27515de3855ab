package com.alphaxiii.polygon.validate;

import java.util.List;

/** Who tells whether symbols exist. */
public interface SymbolSource {
  /**
   * An answer for each symbol, in their order. What is malformed costs no request.
   *
   * @param detailed looks for former names and owners and for what may have been meant, which costs
   *     some requests a symbol
   */
  List<SymbolAnswer> symbols(List<String> symbols, boolean detailed);
}
