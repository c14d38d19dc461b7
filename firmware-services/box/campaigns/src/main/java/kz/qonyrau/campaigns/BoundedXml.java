package kz.qonyrau.campaigns;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// A part of a workbook as it comes out of its archive, which may be a bomb: it ends at so many
/// bytes, and a text or a tag without end ends it, too, because the parser keeps either in memory
/// as a whole.
final class BoundedXml extends FilterInputStream {

  private static final int LONGEST_RUN = 1 << 20;

  private final long most;
  private long read;
  private int run;

  /// @param most bytes that may be read
  BoundedXml(InputStream in, long most) {
    super(in);
    this.most = most;
  }

  /// Bytes so far.
  long bytesRead() {
    return read;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int count = super.read(bytes, offset, length);
    if (count < 0) {
      return count;
    }
    read += count;
    if (read > most) {
      throw UnreadableUploadException.tooLarge(
          "A part of the workbook has more than " + (most >> 20) + " MB");
    }
    for (int i = offset; i < offset + count; i++) {
      byte b = bytes[i];
      if (b == '<' || b == '>') {
        run = 0;
      } else if (++run > LONGEST_RUN) {
        throw UnreadableUploadException.broken("a text or a tag of it has no end");
      }
    }
    return count;
  }
}
