package com.alphaxiii.polygon.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenListTest {
  private final List<String> problems = new ArrayList<>();

  private List<AccessToken> read(String text) {
    return TokenList.read(text, problems::add);
  }

  @Test
  void namesAndTokensAloneMayDoEverything() {
    List<AccessToken> tokens = read(" desk : token-of:the-desk ,charts:token=of;");
    assertThat(problems).singleElement().asString().startsWith("option 1 of 'charts'");
    assertThat(tokens).hasSize(1);
    AccessToken desk = tokens.getFirst();
    assertThat(desk.name()).isEqualTo("desk");
    assertThat(desk.secret().reveal()).isEqualTo("token-of:the-desk");
    assertThat(desk.limit()).isNull();
    assertThat(desk.scopes()).isEqualTo(EnumSet.allOf(Scope.class));
    assertThat(desk.sockets()).isEqualTo(AccessToken.ANY_SOCKETS);
  }

  @Test
  void optionsLimitWhatATokenMayDo() {
    List<AccessToken> tokens =
        read(
            "a:token-of-a;limit=600/min;scopes=bars + ticks;sockets=0,"
                + "b:token-of-b;scopes=read+stream,c:token-of-c; limit = 5/s");
    assertThat(problems).isEmpty();
    assertThat(tokens.get(0).limit()).isEqualTo(new AccessToken.Limit(600, Duration.ofMinutes(1)));
    assertThat(tokens.get(0).scopes()).isEqualTo(Set.of(Scope.BARS, Scope.TICKS));
    assertThat(tokens.get(0).sockets()).isZero();
    assertThat(tokens.get(1).scopes())
        .isEqualTo(EnumSet.complementOf(EnumSet.of(Scope.CACHE_ADMIN)));
    assertThat(tokens.get(2).limit()).isEqualTo(new AccessToken.Limit(5, Duration.ofSeconds(1)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "nothing                                | entry 1 is not name:token",
        ":secret-token                          | entry 1 is not name:token",
        "a:                                     | entry 1 is not name:token",
        "``                                     | entry 1 is not name:token",
        "a:short                                | shorter than 8",
        "a:token-of-a,a:secret-token            | two tokens are named 'a'",
        "a:secret-token,b:secret-token          | 'b' has the token of another",
        "a:token-of-a;secret-token              | option 1 of 'a'",
        "a:token-of-a;secret-token=1            | option 1 of 'a'",
        "a:token-of-a;limit=600                 | '600' of 'a' is not written like 600/min",
        "a:token-of-a;limit=0/s                 | between 1 and 100,000 requests, not 0",
        "a:token-of-a;limit=100001/s            | between 1 and 100,000 requests, not 100001",
        "a:token-of-a;limit=1/s;limit=2/s       | 'a' has limit= twice",
        "a:token-of-a;scopes=write              | 'write' of 'a' is not a scope: use read, bars",
        "a:token-of-a;scopes=                   | '' of 'a' is not a scope",
        "a:token-of-a;scopes=bars,ticks         | entry 2 is the name of a scope",
        "a:token-of-a;sockets=-1                | '-1' of 'a' is not a number of sockets",
      })
  void tellsWhatIsWrongButNoToken(String text, String problem) {
    read(text);
    assertThat(problems).singleElement().asString().contains(problem);
    assertThat(problems.toString()).doesNotContain("secret-token").doesNotContain("token-of-a");
  }

  @Test
  void tellsEveryProblemAtOnce() {
    assertThat(read("x,a:1234567,b:token-of-b;limit=x;scopes=y+z;sockets=q,c:token-of-c"))
        .singleElement()
        .extracting(AccessToken::name)
        .isEqualTo("c");
    assertThat(problems).hasSize(6);
  }
}
