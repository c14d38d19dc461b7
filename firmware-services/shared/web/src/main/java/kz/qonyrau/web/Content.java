package kz.qonyrau.web;

import java.io.IOException;

/// Bytes of a known length that can be read from anywhere, such as a recording.
public interface Content extends AutoCloseable {

  long length();

  /// Reads up to `length` bytes from `offset`; at least one. Called on a virtual thread and may
  /// block.
  ///
  /// @param offset from zero to below [#length()]
  /// @throws IOException if the bytes cannot be had; the connection is then cut
  byte[] read(long offset, int length) throws IOException;

  /// Called once when nothing more is read, however it ended.
  @Override
  default void close() {}

  /// Bytes that are in memory already.
  static Content of(byte[] bytes) {
    return new Content() {
      @Override
      public long length() {
        return bytes.length;
      }

      @Override
      public byte[] read(long offset, int length) {
        int from = Math.toIntExact(offset);
        return java.util.Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + length));
      }
    };
  }
}
