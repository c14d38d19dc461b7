package kz.qonyrau.speech.vosk.worker;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import kz.qonyrau.speech.vosk.worker.Frame.What;
import org.jspecify.annotations.Nullable;

/// Reads what a [FrameWriter] wrote. Not safe for use from several threads.
public final class FrameReader {

  private static final What[] WHATS = What.values();

  private final DataInputStream in;

  public FrameReader(InputStream in) {
    this.in = new DataInputStream(new BufferedInputStream(in, 1 << 16));
  }

  /// The next frame; null at the end of the stream. Blocks until there is one.
  ///
  /// @throws IOException if the stream breaks, ends within a frame, or holds something that is none
  public @Nullable Frame read() throws IOException {
    int length;
    try {
      length = in.readInt();
    } catch (EOFException _) {
      return null;
    }
    if (length < 1 || length > FrameWriter.LONGEST) {
      throw new IOException("a frame of " + length + " bytes");
    }
    byte[] body = in.readNBytes(length);
    if (body.length < length) {
      throw new EOFException("the stream ends within a frame");
    }
    return parse(body);
  }

  private static Frame parse(byte[] body) throws IOException {
    DataInputStream from = new DataInputStream(new java.io.ByteArrayInputStream(body));
    byte type = from.readByte();
    Frame frame =
        switch (type) {
          case FrameWriter.OPEN ->
              new Frame.Open(
                  from.readInt(), from.readBoolean() ? Optional.of(text(from)) : Optional.empty());
          case FrameWriter.AUDIO -> new Frame.Audio(from.readInt(), from.readAllBytes());
          case FrameWriter.SETTLE -> new Frame.Settle(from.readInt());
          case FrameWriter.FINISH -> new Frame.Finish(from.readInt());
          case FrameWriter.DROP -> new Frame.Drop(from.readInt());
          case FrameWriter.PING -> new Frame.Ping(from.readInt());
          case FrameWriter.READY -> new Frame.Ready(from.readLong());
          case FrameWriter.HEARD ->
              new Frame.Heard(
                  from.readInt(),
                  from.readLong(),
                  what(from.readByte()),
                  text(from),
                  from.readLong());
          case FrameWriter.FAILED -> new Frame.Failed(from.readInt(), text(from));
          case FrameWriter.PONG ->
              new Frame.Pong(
                  from.readInt(),
                  from.readInt(),
                  from.readLong(),
                  from.readLong(),
                  from.readLong());
          default -> throw new IOException("a frame of unknown type " + type);
        };
    if (from.available() > 0) {
      throw new IOException(
          "a frame of type " + type + " with " + from.available() + " bytes more");
    }
    return frame;
  }

  private static What what(byte code) throws IOException {
    for (What what : WHATS) {
      if (what.code() == code) {
        return what;
      }
    }
    throw new IOException("unknown state of a listening: " + code);
  }

  private static String text(DataInputStream from) throws IOException {
    int length = from.readInt();
    if (length < 0 || length > from.available()) {
      throw new IOException("a text of " + length + " bytes in a frame with " + from.available());
    }
    return new String(from.readNBytes(length), StandardCharsets.UTF_8);
  }
}
