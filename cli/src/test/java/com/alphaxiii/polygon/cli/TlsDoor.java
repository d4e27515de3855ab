package com.alphaxiii.polygon.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;

/** An encrypted way to a server that speaks in clear text, with a certificate for localhost. */
final class TlsDoor implements AutoCloseable {
  private static final String PASSWORD = "changeit";

  private final SSLServerSocket server;
  private final URI behind;
  private final Path keys;
  private final AtomicLong understood = new AtomicLong();

  private TlsDoor(SSLServerSocket server, URI behind, Path keys) {
    this.server = server;
    this.behind = behind;
    this.keys = keys;
  }

  /** Opens a door on any free port; the key store that holds its certificate lies in a folder. */
  static TlsDoor open(Path folder, URI behind) throws Exception {
    Path keys = folder.resolve("keys.p12");
    Process made =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "door",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "SAN=dns:localhost",
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD,
                "-keystore",
                keys.toString())
            .redirectErrorStream(true)
            .start();
    String words = new String(made.getInputStream().readAllBytes());
    if (made.waitFor() != 0) {
      throw new IllegalStateException("keytool: " + words);
    }
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(keys)) {
      store.load(in, PASSWORD.toCharArray());
    }
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(store, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    SSLServerSocket server =
        (SSLServerSocket)
            context
                .getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    TlsDoor door = new TlsDoor(server, behind, keys);
    Thread.ofVirtual().start(door::accept);
    return door;
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        Thread.ofVirtual().start(() -> serve(client));
      } catch (IOException e) {
        // Closed, or a client that went away.
      }
    }
  }

  private void serve(Socket client) {
    try (client;
        Socket target = new Socket(behind.getHost(), behind.getPort())) {
      // The first read shakes hands, and fails when the client does not trust us.
      InputStream encrypted = client.getInputStream();
      Thread back = Thread.ofVirtual().start(() -> copy(target, client));
      byte[] buffer = new byte[8192];
      OutputStream out = target.getOutputStream();
      for (int read = encrypted.read(buffer); read >= 0; read = encrypted.read(buffer)) {
        understood.addAndGet(read);
        out.write(buffer, 0, read);
      }
      target.shutdownOutput();
      back.join();
    } catch (IOException e) {
      // Either side went away.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void copy(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException e) {
      // Either side went away.
    }
  }

  /** Where the door is, by its certificate's name or another one. */
  String address(String scheme, String host) {
    return "%s://%s:%d".formatted(scheme, host, server.getLocalPort());
  }

  /** What makes a JVM trust this door. */
  String trustingOptions() {
    return "-Djavax.net.ssl.trustStore=%s -Djavax.net.ssl.trustStorePassword=%s"
        .formatted(keys, PASSWORD);
  }

  /** Bytes that clients sent through it once they trusted it. */
  long understood() {
    return understood.get();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
