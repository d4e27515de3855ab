package com.alphaxiii.polygon.server;

import com.alphaxiii.polygon.core.PolygonException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import java.util.List;

/**
 * The files by which a server proves who it is.
 *
 * @param certificate PEM, the server's own first, then those that vouch for it
 * @param key its private key, PEM (PKCS#8 or PKCS#1), not encrypted
 */
public record TlsFiles(Path certificate, Path key) {
  private static final int LARGEST = 1 << 20;

  /** When both files were last written. */
  record Age(FileTime certificate, FileTime key) {}

  /**
   * Reads both.
   *
   * @throws PolygonException.InvalidRequest naming the setting whose file cannot be used
   */
  public void check() {
    certificates();
    if (!text("SERVER_TLS_KEY", key).contains("PRIVATE KEY-----")) {
      throw new PolygonException.InvalidRequest(
          "SERVER_TLS_KEY",
          key.toString(),
          "%s holds no private key in PEM form (-----BEGIN PRIVATE KEY-----)".formatted(key));
    }
  }

  /** The server's own certificate. */
  public Certificate own() {
    return certificates().getFirst();
  }

  Age age() throws IOException {
    return new Age(Files.getLastModifiedTime(certificate), Files.getLastModifiedTime(key));
  }

  private List<Certificate> certificates() {
    String problem = "holds no certificate in PEM form";
    try (InputStream in = Files.newInputStream(certificate)) {
      Collection<? extends Certificate> all =
          CertificateFactory.getInstance("X.509").generateCertificates(in);
      if (!all.isEmpty()) {
        return List.copyOf(all);
      }
    } catch (IOException e) {
      problem = "cannot be read: " + e.getMessage();
    } catch (CertificateException e) {
      problem = problem + ": " + e.getMessage();
    }
    throw new PolygonException.InvalidRequest(
        "SERVER_TLS_CERT", certificate.toString(), "%s %s".formatted(certificate, problem));
  }

  private static String text(String setting, Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return new String(in.readNBytes(LARGEST), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new PolygonException.InvalidRequest(
          setting, file.toString(), "%s cannot be read: %s".formatted(file, e.getMessage()));
    }
  }
}
