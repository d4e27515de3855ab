package com.alphaxiii.polygon.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** What files that come and go ask of the folders they lie in. */
final class Folders {
  private Folders() {}

  /** Makes renames within a folder last; Windows knows no such thing. */
  static void force(Path folder) throws IOException {
    if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }

  /** Removes a folder that has nothing in it; one that is not there is no matter. */
  static void removeIfEmpty(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
        if (entries.iterator().hasNext()) {
          return;
        }
      }
      Files.delete(folder);
    }
  }
}
