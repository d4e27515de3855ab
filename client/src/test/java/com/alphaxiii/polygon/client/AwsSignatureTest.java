package com.alphaxiii.polygon.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.alphaxiii.polygon.core.Secret;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The examples that AWS publishes with the algorithm. */
class AwsSignatureTest {
  private static final String DAY = "20130524T000000Z";
  private static final AwsSignature S3 =
      new AwsSignature(
          new Secret("AKIAIOSFODNN7EXAMPLE"),
          new Secret("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"),
          "us-east-1",
          "s3");
  private static final Map<String, String> HEADERS =
      Map.of(
          "Host",
          "examplebucket.s3.amazonaws.com",
          "x-amz-content-sha256",
          AwsSignature.NO_BODY,
          "x-amz-date",
          DAY);

  @Test
  void getAnObject() {
    Map<String, String> headers = new java.util.HashMap<>(HEADERS);
    headers.put("Range", "bytes=0-9");
    assertThat(S3.authorization("GET", "/test.txt", "", headers, AwsSignature.NO_BODY))
        .isEqualTo(
            "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,"
                + "SignedHeaders=host;range;x-amz-content-sha256;x-amz-date,"
                + "Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41");
  }

  @Test
  void getALifecycle() {
    assertThat(S3.authorization("GET", "/", "lifecycle=", HEADERS, AwsSignature.NO_BODY))
        .endsWith("Signature=fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543");
  }

  @Test
  void listObjects() {
    String query = AwsSignature.query(Map.of("prefix", "J", "max-keys", "2"));
    assertThat(query).isEqualTo("max-keys=2&prefix=J");
    assertThat(S3.authorization("GET", "/", query, HEADERS, AwsSignature.NO_BODY))
        .endsWith("Signature=34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7");
  }

  @Test
  void vanillaRequestOfTheTestSuite() {
    AwsSignature suite =
        new AwsSignature(
            new Secret("AKIDEXAMPLE"),
            new Secret("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"),
            "us-east-1",
            "service");
    Map<String, String> headers =
        Map.of("Host", "example.amazonaws.com", "X-Amz-Date", "20150830T123600Z");
    assertThat(suite.authorization("GET", "/", "", headers, AwsSignature.NO_BODY))
        .endsWith("Signature=5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31");
  }

  @Test
  void theKeyOfADay() {
    AwsSignature iam =
        new AwsSignature(
            new Secret("any"),
            new Secret("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"),
            "us-east-1",
            "iam");
    assertThat(HexFormat.of().formatHex(iam.signingKey("20120215")))
        .isEqualTo("f4780e2d9f65fa895f9c67b32ce1baf0b0d8a43505a000a1a9e090d414db404d");
  }

  @Test
  void escapesAsTheAlgorithmSays() {
    assertThat(AwsSignature.path("/flat files/a+b/ü.csv.gz"))
        .isEqualTo("/flat%20files/a%2Bb/%C3%BC.csv.gz");
    assertThat(AwsSignature.query(Map.of("prefix", "us/2024/", "a", "~ &")))
        .isEqualTo("a=~%20%26&prefix=us%2F2024%2F");
    assertThat(AwsSignature.time(Instant.parse("2013-05-24T00:00:00.9Z"))).isEqualTo(DAY);
  }

  @Test
  void tellsNoKeyWhenPrinted() {
    assertThat(S3.toString()).doesNotContain("wJalrXUtnFEMI").doesNotContain("AKIAIOSFODNN");
  }
}
