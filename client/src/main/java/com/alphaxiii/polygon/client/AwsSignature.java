package com.alphaxiii.polygon.client;

import com.alphaxiii.polygon.core.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs requests to S3 and its like with AWS Signature Version 4.
 *
 * @param accessKey names the key pair; it is sent as it is
 * @param secretKey signs; it is never sent
 * @param region any text where the store has no regions
 * @param service {@code s3}
 */
record AwsSignature(Secret accessKey, Secret secretKey, String region, String service) {
  /** SHA-256 of no bytes, in hex: requests that read have no body. */
  static final String NO_BODY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

  private static final String ALGORITHM = "AWS4-HMAC-SHA256";
  private static final String HMAC = "HmacSHA256";
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final int DAY_LENGTH = 8;

  /** A time as the {@code x-amz-date} header has it. */
  static String time(Instant at) {
    return TIME.format(at);
  }

  /**
   * The value of the {@code Authorization} header.
   *
   * @param path as sent, from {@link #path}
   * @param query as sent, from {@link #query}
   * @param headers all that are signed, {@code host} and {@code x-amz-date} among them
   * @param bodyHash SHA-256 of the body in hex
   */
  String authorization(
      String method, String path, String query, Map<String, String> headers, String bodyHash) {
    SortedMap<String, String> signed = new TreeMap<>();
    headers.forEach((name, value) -> signed.put(name.toLowerCase(Locale.ROOT), value.strip()));
    StringBuilder canonical = new StringBuilder();
    canonical.append(method).append('\n').append(path).append('\n').append(query).append('\n');
    signed.forEach((name, value) -> canonical.append(name).append(':').append(value).append('\n'));
    String names = String.join(";", signed.keySet());
    canonical.append('\n').append(names).append('\n').append(bodyHash);

    String time = signed.getOrDefault("x-amz-date", "");
    String day = time.substring(0, Math.min(DAY_LENGTH, time.length()));
    String scope = "%s/%s/%s/aws4_request".formatted(day, region, service);
    String text =
        String.join("\n", ALGORITHM, time, scope, hex(sha256(bytes(canonical.toString()))));
    String signature = hex(hmac(signingKey(day), text));
    return "%s Credential=%s/%s,SignedHeaders=%s,Signature=%s"
        .formatted(ALGORITHM, accessKey.reveal(), scope, names, signature);
  }

  /**
   * The key of one day.
   *
   * @param day {@code 20240131}
   */
  byte[] signingKey(String day) {
    byte[] key = hmac(bytes("AWS4" + secretKey.reveal()), day);
    return hmac(hmac(hmac(key, region), service), "aws4_request");
  }

  /** A path as it is sent and signed: all but letters, digits and {@code -._~/} is escaped. */
  static String path(String plain) {
    return escaped(plain, true);
  }

  /** A query as it is sent and signed: escaped and in order of the names. */
  static String query(Map<String, String> parameters) {
    List<String> pairs = new ArrayList<>();
    new TreeMap<>(parameters)
        .forEach((name, value) -> pairs.add(escaped(name, false) + "=" + escaped(value, false)));
    return String.join("&", pairs);
  }

  private static String escaped(String text, boolean slashes) {
    StringBuilder escaped = new StringBuilder();
    for (byte b : bytes(text)) {
      boolean plain =
          (b >= 'A' && b <= 'Z')
              || (b >= 'a' && b <= 'z')
              || (b >= '0' && b <= '9')
              || "-._~".indexOf(b) >= 0
              || (slashes && b == '/');
      if (plain) {
        escaped.append((char) b);
      } else {
        escaped.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
      }
    }
    return escaped.toString();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(key, HMAC));
      return mac.doFinal(bytes(text));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + HMAC, e);
    }
  }
}
