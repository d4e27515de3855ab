package com.alphaxiii.polygon.store;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32C;
import java.util.zip.CheckedOutputStream;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;

/**
 * A new file that knows its checksum. It is no channel, since a channel closes when its thread is
 * interrupted.
 */
final class PartFile implements OutputFile, Closeable {
  private static final int BUFFER_BYTES = 1 << 16;

  private final FileOutputStream disk;
  private final CRC32C checksum = new CRC32C();
  private final OutputStream out;
  private long position;

  private PartFile(FileOutputStream disk) {
    this.disk = disk;
    this.out = new BufferedOutputStream(new CheckedOutputStream(disk, checksum), BUFFER_BYTES);
  }

  static PartFile create(Path path) throws IOException {
    Files.createFile(path);
    return new PartFile(new FileOutputStream(path.toFile()));
  }

  /** How what has been written so far looks. */
  Fingerprint soFar() throws IOException {
    out.flush();
    return new Fingerprint(position, checksum.getValue());
  }

  /** Brings all that was written to the disk. */
  Fingerprint force() throws IOException {
    out.flush();
    disk.getFD().sync();
    return new Fingerprint(position, checksum.getValue());
  }

  /** What the Parquet writer sees; its close leaves the file open, to be forced. */
  private final class Body extends PositionOutputStream {
    @Override
    public long getPos() {
      return position;
    }

    @Override
    public void write(int b) throws IOException {
      out.write(b);
      position++;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
      position += length;
    }
  }

  @Override
  public PositionOutputStream create(long blockSizeHint) {
    return new Body();
  }

  @Override
  public PositionOutputStream createOrOverwrite(long blockSizeHint) {
    return create(blockSizeHint);
  }

  @Override
  public boolean supportsBlockSize() {
    return false;
  }

  @Override
  public long defaultBlockSize() {
    return 0;
  }

  @Override
  public void close() throws IOException {
    disk.close();
  }
}
