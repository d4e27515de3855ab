package com.alphaxiii.polygon.client;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;

/**
 * Reads JSON (RFC 8259) from bytes into the fields of an event: what the grammar accepts, and
 * nothing else. What events are usually made of takes few steps; escapes, letters beyond ASCII,
 * nested values and odd numbers go a slower road to the same result.
 *
 * <p>Nothing here looks for the end of the message: a {@link #END} behind it, which JSON allows
 * nowhere, stops every loop. Reading in words goes up to {@link #ROOM} bytes further.
 */
final class EventParser {
  /** What lies behind a message. */
  static final byte END = 0;

  /** How many bytes behind a message belong to the parser; the first must be {@link #END}. */
  static final int ROOM = 8;

  /** Nesting beyond this is refused, so that no message can exhaust the stack. */
  private static final int MAX_DEPTH = 400;

  private static final int NO_MEMBER = -1;

  private final NameOrder order = new NameOrder();
  private final CharsetDecoder utf8 = StandardCharsets.UTF_8.newDecoder();
  private final StringBuilder odd = new StringBuilder();
  private boolean isPlain;

  /** Reads the object whose brace is here; returns where it ends. Throws {@link NotJson}. */
  int object(byte[] bytes, int brace, WireFields fields) {
    fields.begin(bytes);
    int at = brace;
    int after = NameOrder.BRACE;
    while (true) {
      int name = order.expected(after, Words.at(bytes, at));
      if (name == NameOrder.UNEXPECTED) {
        int separator = after == NameOrder.BRACE ? at : skipBlanks(bytes, at);
        if (bytes[separator] == '}') {
          return separator + 1;
        }
        int quote = nextMember(bytes, separator, after == NameOrder.BRACE);
        if (quote == NO_MEMBER) {
          return skipBlanks(bytes, separator + 1) + 1;
        }
        name = name(bytes, quote);
        order.learn(after, bytes, separator, name);
        at = quote;
      }
      int place = NameOrder.place(name);
      at += NameOrder.length(name);
      after = order.after(after, place, bytes[at + 1]);
      at = member(bytes, at, fields, place);
    }
  }

  /**
   * Where the quote of the next name is behind a brace or comma; {@link #NO_MEMBER} for {@code {}}.
   */
  private static int nextMember(byte[] bytes, int separator, boolean first) {
    if (!first && bytes[separator] != ',') {
      throw new NotJson("a comma or a brace is missing");
    }
    int quote = skipBlanks(bytes, separator + 1);
    if (first && bytes[quote] == '}') {
      return NO_MEMBER;
    }
    if (bytes[quote] != '"') {
      throw new NotJson("a name is missing");
    }
    return quote;
  }

  /** Which name begins at this quote, and how far it is to behind its colon. */
  private int name(byte[] bytes, int quote) {
    long word = Words.at(bytes, quote + 1);
    int length = Words.untilQuote(word);
    int place = FieldNames.place(word, length);
    int end = quote + length + 1;
    if (place == WireFields.IGNORED) {
      end = text(bytes, quote + 1);
      place = FieldNames.place(textRead(bytes, quote + 1, end));
    }
    return NameOrder.name(place, colon(bytes, end + 1) - quote);
  }

  /** Where the colon ends that must be here. */
  private static int colon(byte[] bytes, int from) {
    int at = skipBlanks(bytes, from);
    if (bytes[at] != ':') {
      throw new NotJson("a colon is missing");
    }
    return at + 1;
  }

  /** Reads the value of a member, with blanks before it or without. */
  private int member(byte[] bytes, int at, WireFields fields, int place) {
    byte first = bytes[at];
    if (first >= '0' && first <= '9') {
      return JsonNumbers.read(bytes, at, fields, place);
    }
    if (first == '"') {
      return textValue(bytes, at + 1, fields, place);
    }
    if (first == '[' && place != WireFields.IGNORED) {
      return list(bytes, at + 1, fields, place);
    }
    return isBlank(first)
        ? member(bytes, skipBlanks(bytes, at), fields, place)
        : value(bytes, at, fields, place, 2);
  }

  /** Reads a value; a list or an object within is passed over. */
  private int value(byte[] bytes, int at, WireFields fields, int place, int depth) {
    byte first = bytes[at];
    if (first == '"') {
      return textValue(bytes, at + 1, fields, place);
    }
    if ((first >= '0' && first <= '9') || first == '-') {
      return JsonNumbers.read(bytes, at, fields, place);
    }
    switch (first) {
      case '{', '[' -> {
        int end = pass(bytes, at, fields, depth);
        fields.putOther(place);
        return end;
      }
      case 't' -> {
        fields.putFlag(place, true);
        return literal(bytes, at, "true");
      }
      case 'f' -> {
        fields.putFlag(place, false);
        return literal(bytes, at, "false");
      }
      case 'n' -> {
        fields.putNull(place);
        return literal(bytes, at, "null");
      }
      default -> throw new NotJson("a value is missing");
    }
  }

  private static int literal(byte[] bytes, int at, String literal) {
    for (int i = 0; i < literal.length(); i++) {
      if (bytes[at + i] != literal.charAt(i)) {
        throw new NotJson("a value is none of true, false and null");
      }
    }
    return at + literal.length();
  }

  private int list(byte[] bytes, int start, WireFields fields, int place) {
    fields.putList(place);
    int at = skipBlanks(bytes, start);
    if (bytes[at] == ']') {
      return at + 1;
    }
    while (true) {
      long word = Words.at(bytes, at);
      int digits = Words.digits(word);
      if (isShortNumber(bytes, at, digits)) {
        fields.appendCode(place, (int) Words.number(word, digits));
        at += digits;
      } else if (bytes[at] == '[') {
        at = level(bytes, at + 1, fields);
        fields.appendLevel(place);
      } else {
        at = value(bytes, at, fields, WireFields.ELEMENT, 3);
        fields.appendCode(place);
      }
      at = skipBlanks(bytes, at);
      if (bytes[at] == ']') {
        return at + 1;
      }
      at = comma(bytes, at);
    }
  }

  /** Whether these digits are an element, and all of it: what nearly all elements are. */
  private static boolean isShortNumber(byte[] bytes, int at, int digits) {
    if (digits == 0 || digits == 8 || (bytes[at] == '0' && digits > 1)) {
      return false;
    }
    byte next = bytes[at + digits];
    return next == ',' || next == ']';
  }

  /** Reads a price and a size; what follows them in the same list is passed over. */
  private int level(byte[] bytes, int start, WireFields fields) {
    fields.putNull(WireFields.ELEMENT);
    fields.putNull(WireFields.SECOND_ELEMENT);
    int at = skipBlanks(bytes, start);
    if (bytes[at] == ']') {
      return at + 1;
    }
    for (int i = 0; ; i++) {
      int place =
          switch (i) {
            case 0 -> WireFields.ELEMENT;
            case 1 -> WireFields.SECOND_ELEMENT;
            default -> WireFields.IGNORED;
          };
      at = skipBlanks(bytes, value(bytes, at, fields, place, 4));
      if (bytes[at] == ']') {
        return at + 1;
      }
      at = comma(bytes, at);
    }
  }

  /** Passes over a value, which must be JSON all the same. */
  int pass(byte[] bytes, int at, WireFields fields, int depth) {
    boolean object = bytes[at] == '{';
    if (!object && bytes[at] != '[') {
      return value(bytes, at, fields, WireFields.IGNORED, depth);
    }
    if (depth > MAX_DEPTH) {
      throw new NotJson("more than " + MAX_DEPTH + " values lie within one another");
    }
    char close = object ? '}' : ']';
    int next = skipBlanks(bytes, at + 1);
    if (bytes[next] == close) {
      return next + 1;
    }
    while (true) {
      if (object) {
        if (bytes[next] != '"') {
          throw new NotJson("a name is missing");
        }
        next = skipBlanks(bytes, colon(bytes, text(bytes, next + 1) + 1));
      }
      next = skipBlanks(bytes, pass(bytes, next, fields, depth + 1));
      if (bytes[next] == close) {
        return next + 1;
      }
      next = comma(bytes, next);
    }
  }

  /** Where the next element begins. */
  private static int comma(byte[] bytes, int at) {
    if (bytes[at] != ',') {
      throw new NotJson("a comma or a bracket is missing");
    }
    return skipBlanks(bytes, at + 1);
  }

  private int textValue(byte[] bytes, int start, WireFields fields, int place) {
    int end = text(bytes, start);
    if (isPlain) {
      fields.putText(place, start, end - start);
    } else {
      fields.putText(place, odd.toString());
    }
    return end + 1;
  }

  private String textRead(byte[] bytes, int start, int end) {
    return isPlain
        ? new String(bytes, start, end - start, StandardCharsets.ISO_8859_1)
        : odd.toString();
  }

  /**
   * Finds the quote that ends the text that begins here. Unless {@code isPlain} then says that it
   * is what it says, {@code odd} holds it.
   */
  private int text(byte[] bytes, int start) {
    int at = start;
    int plain;
    do {
      plain = Words.plain(Words.at(bytes, at));
      at += plain;
    } while (plain == 8);
    isPlain = bytes[at] == '"';
    return isPlain ? at : oddText(bytes, start, at);
  }

  private int oddText(byte[] bytes, int start, int firstOdd) {
    odd.setLength(0);
    odd.append(new String(bytes, start, firstOdd - start, StandardCharsets.ISO_8859_1));
    int at = firstOdd;
    while (bytes[at] != '"') {
      byte b = bytes[at];
      if (b == '\\') {
        at = escape(bytes, at + 1);
      } else if (b < 0) {
        at = beyondAscii(bytes, at);
      } else if (b < ' ') {
        throw new NotJson(b == END ? "a text ends early" : "a text holds a control character");
      } else {
        odd.append((char) b);
        at++;
      }
    }
    return at;
  }

  private int escape(byte[] bytes, int at) {
    char escaped = (char) bytes[at];
    switch (escaped) {
      case '"', '\\', '/' -> odd.append(escaped);
      case 'b' -> odd.append('\b');
      case 'f' -> odd.append('\f');
      case 'n' -> odd.append('\n');
      case 'r' -> odd.append('\r');
      case 't' -> odd.append('\t');
      case 'u' -> {
        int unit = 0;
        for (int i = 1; i <= 4; i++) {
          byte digit = bytes[at + i];
          int value = digit < 0 ? -1 : Character.digit(digit, 16);
          if (value < 0) {
            throw new NotJson("an escape lacks a hexadecimal digit");
          }
          unit = 16 * unit + value;
        }
        odd.append((char) unit);
        return at + 5;
      }
      default -> throw new NotJson("an escape is unknown");
    }
    return at + 1;
  }

  private int beyondAscii(byte[] bytes, int start) {
    int end = start;
    while (bytes[end] < 0) {
      end++;
    }
    try {
      odd.append(utf8.decode(ByteBuffer.wrap(bytes, start, end - start)));
    } catch (CharacterCodingException e) {
      throw new NotJson("a text is not UTF-8");
    }
    return end;
  }

  static int skipBlanks(byte[] bytes, int from) {
    int at = from;
    while (isBlank(bytes[at])) {
      at++;
    }
    return at;
  }

  static boolean isBlank(byte b) {
    return b == ' ' || b == '\n' || b == '\r' || b == '\t';
  }
}
