package kz.qonyrau.web;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/// The body of an answer as it is written, a chunk at a time. Each chunk waits for the socket, so a
/// slow listener costs one parked virtual thread and one chunk. For one thread.
final class ResponseStream extends OutputStream {

  /// The listener has gone away, or has taken nothing for too long.
  static final class ListenerGoneException extends IOException {

    private static final long serialVersionUID = 1L;

    ListenerGoneException(Throwable cause) {
      super("the listener is gone", cause);
    }
  }

  private final HttpServerResponse response;
  private final byte[] chunk;
  private int filled;

  ResponseStream(HttpServerResponse response, int chunkBytes) {
    this.response = response;
    this.chunk = new byte[chunkBytes];
  }

  @Override
  public void write(int one) throws IOException {
    chunk[filled++] = (byte) one;
    if (filled == chunk.length) {
      send();
    }
  }

  @Override
  public void write(byte[] bytes, int from, int length) throws IOException {
    int at = from;
    int end = from + length;
    while (at < end) {
      int part = Math.min(end - at, chunk.length - filled);
      System.arraycopy(bytes, at, chunk, filled, part);
      at += part;
      filled += part;
      if (filled == chunk.length) {
        send();
      }
    }
  }

  /// Sends what is left; the answer is whole after it.
  void finish() throws IOException {
    send();
    try {
      var _ = response.end().await();
    } catch (Exception gone) { // await() rethrows the cause as it is, checked or not.
      throw new ListenerGoneException(gone);
    }
  }

  private void send() throws IOException {
    if (filled == 0) {
      return;
    }
    try {
      var _ = response.write(Buffer.buffer(Arrays.copyOf(chunk, filled))).await();
    } catch (Exception gone) { // The same.
      throw new ListenerGoneException(gone);
    }
    filled = 0;
  }
}
