package com.alphaxiii.polygon.server;

import com.alphaxiii.polygon.core.PolygonException;
import com.alphaxiii.polygon.core.Secret;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the setting {@code SERVER_TOKENS}: {@code name:token} with options behind semicolons, such
 * as {@code charts:s3cret-of-charts;limit=600/min;scopes=bars+ticks;sockets=5}, separated by
 * commas. What is malformed is told by its place and never quoted where a token may stand.
 */
public final class TokenList {
  private static final Pattern LIMIT = Pattern.compile("(\\d{1,9})/(s|min|hour)");
  private static final Map<String, Duration> PERIODS =
      Map.of("s", Duration.ofSeconds(1), "min", Duration.ofMinutes(1), "hour", Duration.ofHours(1));
  private static final Pattern SOCKETS = Pattern.compile("\\d{1,6}");

  private final Consumer<String> problems;
  private final Set<String> names = new HashSet<>();
  private final Set<Secret> secrets = new HashSet<>();

  private TokenList(Consumer<String> problems) {
    this.problems = problems;
  }

  /**
   * Reads all entries.
   *
   * @param problems is told one sentence for each problem; entries that have one are left out
   */
  public static List<AccessToken> read(String text, Consumer<String> problems) {
    TokenList list = new TokenList(problems);
    List<AccessToken> tokens = new ArrayList<>();
    String[] entries = text.split(",", -1);
    for (int i = 0; i < entries.length; i++) {
      AccessToken token = list.entry(i + 1, entries[i].strip());
      if (token != null) {
        tokens.add(token);
      }
    }
    return tokens;
  }

  private @Nullable AccessToken entry(int number, String text) {
    if (Scope.named(text.split(";", 2)[0].strip()).isPresent()) {
      problems.accept(
          "entry %d is the name of a scope: scopes are joined with +, as in scopes=bars+ticks"
              .formatted(number));
      return null;
    }
    String[] parts = text.split(";", -1);
    int colon = parts[0].indexOf(':');
    String name = colon < 0 ? "" : parts[0].substring(0, colon).strip();
    String secret = colon < 0 ? "" : parts[0].substring(colon + 1).strip();
    if (name.isEmpty() || secret.isEmpty()) {
      problems.accept("entry %d is not name:token".formatted(number));
      return null;
    }
    boolean good = true;
    if (!names.add(name)) {
      problems.accept("two tokens are named '%s'".formatted(name));
      good = false;
    }
    if (!secrets.add(new Secret(secret))) {
      problems.accept("'%s' has the token of another".formatted(name));
      good = false;
    }
    AccessToken token;
    try {
      token = AccessToken.of(name, new Secret(secret));
    } catch (PolygonException.InvalidRequest e) {
      problems.accept(e.getMessage());
      return null;
    }
    Set<String> given = new HashSet<>();
    for (int i = 1; i < parts.length; i++) {
      AccessToken changed = option(token, given, i, parts[i].strip());
      good &= changed != null;
      token = changed == null ? token : changed;
    }
    return good ? token : null;
  }

  private @Nullable AccessToken option(
      AccessToken token, Set<String> given, int number, String text) {
    int equals = text.indexOf('=');
    String key = equals < 0 ? "" : text.substring(0, equals).strip();
    String value = text.substring(equals + 1).strip();
    if (!Set.of("limit", "scopes", "sockets").contains(key)) {
      // It may be the rest of a token, so it is not told.
      problems.accept(
          "option %d of '%s' is not limit=, scopes= or sockets=; a token itself has no semicolon"
              .formatted(number, token.name()));
      return null;
    }
    if (!given.add(key)) {
      problems.accept("'%s' has %s= twice".formatted(token.name(), key));
      return null;
    }
    return switch (key) {
      case "limit" -> limited(token, value);
      case "scopes" -> scoped(token, value);
      default -> socketed(token, value);
    };
  }

  private @Nullable AccessToken limited(AccessToken token, String value) {
    Matcher limit = LIMIT.matcher(value);
    if (limit.matches()) {
      try {
        return token.withLimit(
            new AccessToken.Limit(Integer.parseInt(limit.group(1)), period(limit.group(2))));
      } catch (PolygonException.InvalidRequest e) {
        problems.accept("'%s': %s".formatted(token.name(), e.getMessage()));
        return null;
      }
    }
    problems.accept(
        "the limit '%s' of '%s' is not written like 600/min; s and hour are possible too"
            .formatted(value, token.name()));
    return null;
  }

  private static Duration period(String word) {
    Duration period = PERIODS.get(word);
    if (period == null) {
      throw new IllegalArgumentException(word);
    }
    return period;
  }

  private @Nullable AccessToken scoped(AccessToken token, String value) {
    Set<Scope> scopes = EnumSet.noneOf(Scope.class);
    boolean good = true;
    for (String word : value.split("\\+", -1)) {
      Set<Scope> named = Scope.named(word.strip()).orElse(Set.of());
      if (named.isEmpty()) {
        problems.accept(
            "'%s' of '%s' is not a scope: use %s"
                .formatted(word.strip(), token.name(), Scope.words()));
        good = false;
      }
      scopes.addAll(named);
    }
    return good ? token.withScopes(scopes) : null;
  }

  private @Nullable AccessToken socketed(AccessToken token, String value) {
    if (SOCKETS.matcher(value).matches()) {
      return token.withSockets(Integer.parseInt(value));
    }
    problems.accept("'%s' of '%s' is not a number of sockets".formatted(value, token.name()));
    return null;
  }
}
