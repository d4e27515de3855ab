package com.alphaxiii.polygon.cli;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.gaul.s3proxy.AuthenticationType;
import org.gaul.s3proxy.S3Proxy;
import org.jclouds.ContextBuilder;
import org.jclouds.blobstore.BlobStore;
import org.jclouds.blobstore.BlobStoreContext;
import org.jclouds.filesystem.FilesystemApiMetadata;

/** A server that speaks S3 and checks every signature, over a folder. */
final class S3Server implements AutoCloseable {
  static final String ACCESS = "AKIATESTTESTTEST0001";
  static final String SECRET = "secret-of-the-test/4711+abcdefghijklm";
  private static final String BUCKET = "flatfiles";

  private final BlobStoreContext context;
  private final S3Proxy server;

  private S3Server(BlobStoreContext context, S3Proxy server) {
    this.context = context;
    this.server = server;
  }

  static S3Server start(Path folder) throws Exception {
    Properties properties = new Properties();
    properties.setProperty(
        "jclouds.filesystem.basedir", Files.createDirectories(folder).toString());
    BlobStoreContext context =
        ContextBuilder.newBuilder(new FilesystemApiMetadata())
            .credentials("any", "any")
            .overrides(properties)
            .build(BlobStoreContext.class);
    context.getBlobStore().createContainerInLocation(null, BUCKET);
    S3Proxy server =
        S3Proxy.builder()
            .blobStore(context.getBlobStore())
            .endpoint(URI.create("http://127.0.0.1:0"))
            .awsAuthentication(AuthenticationType.AWS_V4, ACCESS, SECRET)
            .build();
    server.start();
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!server.getState().equals("STARTED")) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("the S3 server is " + server.getState());
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
    return new S3Server(context, server);
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getPort());
  }

  void put(String key, byte[] content) {
    BlobStore store = context.getBlobStore();
    store.putBlob(BUCKET, store.blobBuilder(key).payload(content).build());
  }

  void putAll(Path root) throws Exception {
    try (var files = Files.walk(root)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        put(root.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(file));
      }
    }
  }

  @Override
  public void close() throws Exception {
    server.stop();
    context.close();
  }
}
