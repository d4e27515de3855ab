package com.alphaxiii.polygon.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.alphaxiii.polygon.core.PolygonException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** HTTPS and WSS with a certificate of our own, which is renewed while the server runs. */
class TlsTest {
  private static final String PASSWORD = "only-a-test";

  @TempDir Path folder;

  private TlsFiles files;

  @BeforeEach
  void certify() throws Exception {
    files = new TlsFiles(folder.resolve("cert.pem"), folder.resolve("key.pem"));
    write(certificate("first"));
  }

  @Test
  void speaksHttpsAndWssAndNothingElse() throws Exception {
    try (TestServer server = TestServer.start(config -> config.withTls(files));
        HttpClient http = trusting(files.own())) {
      URI base = server.server.baseUrl();
      assertThat(base.getScheme()).isEqualTo("https");
      assertThat(get(http, base.resolve("/health/live")).statusCode()).isEqualTo(200);
      CompletableFuture<String> greeting = new CompletableFuture<>();
      WebSocket socket =
          http.newWebSocketBuilder()
              .buildAsync(
                  URI.create("wss://localhost:" + base.getPort() + "/ws/tls"),
                  new WebSocket.Listener() {
                    @Override
                    public CompletionStage<?> onText(
                        WebSocket from, CharSequence text, boolean last) {
                      greeting.complete(text.toString());
                      return null;
                    }
                  })
              .get(20, TimeUnit.SECONDS);
      assertThat(greeting.get(20, TimeUnit.SECONDS)).contains("\"connected\"");
      socket.abort();
      URI plain = URI.create("http://localhost:" + base.getPort() + "/health/live");
      assertThatThrownBy(() -> get(http, plain)).isInstanceOf(IOException.class);
    }
  }

  @Test
  void aRenewedCertificateServesWithoutARestart() throws Exception {
    try (TestServer server = TestServer.start(config -> config.withTls(files))) {
      URI live = server.server.baseUrl().resolve("/health/live");
      Certificate before = files.own();
      Files.writeString(files.certificate(), "half a certificate");
      write(certificate("second"));
      Certificate after = files.own();
      assertThat(after).isNotEqualTo(before);
      Await.until("the new one serves", () -> trusts(after, live));
      assertThat(trusts(before, live)).isFalse();
    }
  }

  @Test
  void filesThatCannotServeAreNamedAtTheStart() throws Exception {
    Files.writeString(files.key(), "no key");
    assertThatThrownBy(() -> ServerConfig.of("127.0.0.1", 0).withTls(files))
        .isInstanceOf(PolygonException.InvalidRequest.class)
        .hasMessageContaining("key.pem holds no private key");
    TlsFiles missing = new TlsFiles(folder.resolve("nowhere.pem"), files.key());
    assertThatThrownBy(() -> ServerConfig.of("127.0.0.1", 0).withTls(missing))
        .hasMessageContaining("nowhere.pem");
  }

  private static boolean trusts(Certificate certificate, URI uri) {
    try (HttpClient http = trusting(certificate)) {
      return get(http, uri).statusCode() == 200;
    } catch (Exception e) {
      return false;
    }
  }

  private static HttpResponse<String> get(HttpClient http, URI uri) throws Exception {
    return http.send(
        HttpRequest.newBuilder(uri).timeout(Await.PATIENCE).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private static HttpClient trusting(Certificate certificate) throws Exception {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("server", certificate);
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, factory.getTrustManagers(), null);
    return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).sslContext(context).build();
  }

  /** A key and its certificate, made by the JDK's own tool. */
  private KeyStore certificate(String alias) throws Exception {
    Path store = folder.resolve(alias + ".p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-alias",
                alias,
                "-dname",
                "CN=localhost",
                "-ext",
                "SAN=dns:localhost,ip:127.0.0.1",
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD,
                "-keystore",
                store.toString())
            .redirectErrorStream(true)
            .start();
    String output = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(keytool.waitFor()).as(output).isZero();
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    return keys;
  }

  private void write(KeyStore keys) throws Exception {
    String alias = keys.aliases().nextElement();
    Files.writeString(
        files.key(), pem("PRIVATE KEY", keys.getKey(alias, PASSWORD.toCharArray()).getEncoded()));
    Files.writeString(
        files.certificate(), pem("CERTIFICATE", keys.getCertificate(alias).getEncoded()));
  }

  private static String pem(String kind, byte[] content) {
    Base64.Encoder lines = Base64.getMimeEncoder(64, new byte[] {'\n'});
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(kind, lines.encodeToString(content), kind);
  }
}
