package com.alphaxiii.polygon.client;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The address that may see the key, and which other addresses are the same. */
record BaseUrl(URI address) {
  /** The vendor's two names for one API; answers of either may lead to the other. */
  private static final Set<String> VENDOR_HOSTS = Set.of("api.massive.com", "api.polygon.io");

  /** What every link of the answers begins with: scheme, host and port. */
  String origin() {
    return address.getScheme() + "://" + address.getRawAuthority();
  }

  /** An address below the base. */
  URI uri(String pathAndQuery) {
    String whole = address.toString();
    return URI.create(
        (whole.endsWith("/") ? whole.substring(0, whole.length() - 1) : whole) + pathAndQuery);
  }

  /**
   * Where a {@code next_url} leads, when that is on this host, port and scheme. From one of the
   * vendor's names to the other is rewritten to the one configured, so the key never goes to a host
   * that nobody named. A key in the address is taken out.
   */
  Optional<URI> following(String nextUrl) {
    URI next;
    try {
      next = new URI(nextUrl);
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
    if (next.getHost() == null || next.getRawUserInfo() != null || !sameDoor(next)) {
      return Optional.empty();
    }
    String path = next.getRawPath() == null ? "" : next.getRawPath();
    String query = next.getRawQuery() == null ? "" : withoutKey(next.getRawQuery());
    return Optional.of(URI.create(origin() + path + (query.isEmpty() ? "" : "?" + query)));
  }

  private boolean sameDoor(URI next) {
    return address.getScheme().equalsIgnoreCase(next.getScheme())
        && port(address) == port(next)
        && (address.getHost().equalsIgnoreCase(next.getHost())
            || address.getScheme().equalsIgnoreCase("https")
                && VENDOR_HOSTS.contains(address.getHost().toLowerCase(Locale.ROOT))
                && VENDOR_HOSTS.contains(next.getHost().toLowerCase(Locale.ROOT)));
  }

  private static String withoutKey(String query) {
    StringBuilder kept = new StringBuilder(query.length());
    for (String parameter : query.split("&", -1)) {
      if (!parameter.toLowerCase(Locale.ROOT).startsWith("apikey=")) {
        kept.append(kept.isEmpty() ? "" : "&").append(parameter);
      }
    }
    return kept.toString();
  }

  private static int port(URI uri) {
    if (uri.getPort() >= 0) {
      return uri.getPort();
    }
    return uri.getScheme().toLowerCase(Locale.ROOT).equals("https") ? 443 : 80;
  }
}
