package kz.qonyrau.web;

import java.io.IOException;
import java.io.OutputStream;

/// Bytes that are made while they are sent, such as an archive of much more than memory holds.
public interface Outflow extends AutoCloseable {

  /// Writes all of them. Called once, on a virtual thread; a write waits until the listener has
  /// taken what came before. What is thrown before the first byte has left is answered as a
  /// problem; afterwards the connection is cut, so that nobody takes a part for the whole.
  ///
  /// @throws IOException if a write fails, because the listener is gone
  /// @throws Exception if the bytes cannot be had
  void writeTo(OutputStream out) throws Exception;

  /// Called once when nothing more is written, however it ended.
  @Override
  default void close() {}
}
