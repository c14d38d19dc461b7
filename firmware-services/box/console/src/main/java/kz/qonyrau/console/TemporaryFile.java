package kz.qonyrau.console;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import kz.qonyrau.web.Content;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A file that is made for one answer and is gone after it.
final class TemporaryFile implements Content {

  private static final Logger log = LoggerFactory.getLogger(TemporaryFile.class);

  private final Path file;
  private final FileChannel channel;
  private final long length;

  /// Opens a file that is whole.
  TemporaryFile(Path file) throws IOException {
    this.file = file;
    channel = FileChannel.open(file, StandardOpenOption.READ);
    length = channel.size();
  }

  @Override
  public long length() {
    return length;
  }

  @Override
  public byte[] read(long offset, int wanted) throws IOException {
    ByteBuffer part = ByteBuffer.allocate((int) Math.min(wanted, length - offset));
    while (part.hasRemaining()) {
      if (channel.read(part, offset + part.position()) < 0) {
        throw new IOException("the file became shorter while it was read");
      }
    }
    return part.array();
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException failure) {
      log.atWarn().setCause(failure).log("a temporary file is not closed");
    }
    delete(file);
  }

  static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException failure) {
      log.atWarn().setCause(failure).log("a temporary file is not deleted");
    }
  }
}
