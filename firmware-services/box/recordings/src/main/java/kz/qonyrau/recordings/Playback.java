package kz.qonyrau.recordings;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;

/// A recording, decrypted and open for playing: the bytes of a WAV file, from any position. For one
/// thread; blocks on the disk. Close it when the listener is gone.
public final class Playback implements AutoCloseable {

  private final SeekableByteChannel sound;
  private final byte[] header;
  private final int skipped;
  private final long length;

  /// @param sound the samples, after `skipped` bytes of something else
  /// @param samples how many there are in each channel
  Playback(SeekableByteChannel sound, int skipped, long samples) {
    this.sound = sound;
    this.header = Sound.wavHeader(samples);
    this.skipped = skipped;
    this.length = header.length + samples * Sound.FRAME_BYTES;
  }

  /// The size of the WAV file in bytes.
  public long length() {
    return length;
  }

  /// Reads from `position` on into `target`, as far as both reach.
  ///
  /// @param position 0 to [#length]
  /// @return how many bytes were read: 0 only if `position` is the end or `target` is full
  /// @throws RecordingUnavailableException if the file was changed since it was written
  public int read(long position, ByteBuffer target) {
    if (position < 0 || position > length) {
      throw new IllegalArgumentException(
          "the recording has bytes 0 to " + length + ", not " + position);
    }
    int before = target.position();
    long at = position;
    if (at < header.length && target.hasRemaining()) {
      int count = (int) Math.min(header.length - at, target.remaining());
      target.put(header, (int) at, count);
      at += count;
    }
    try {
      while (target.hasRemaining() && at < length) {
        int most = (int) Math.min(target.remaining(), length - at);
        ByteBuffer slice = target.slice(target.position(), most);
        sound.position(at - header.length + skipped);
        int count = sound.read(slice);
        if (count <= 0) {
          throw new IOException("the recording ends " + (length - at) + " bytes early");
        }
        target.position(target.position() + count);
        at += count;
      }
    } catch (IOException e) {
      throw new RecordingUnavailableException("the recording cannot be read", e);
    }
    return target.position() - before;
  }

  /// The bytes from `from` to before `to`, as a range request asks for them. Closing the stream
  /// leaves the playback open.
  ///
  /// @throws IllegalArgumentException unless 0 ≤ from ≤ to ≤ [#length]
  public InputStream range(long from, long to) {
    if (from < 0 || to < from || to > length) {
      throw new IllegalArgumentException(
          "not a range within " + length + " bytes: " + from + " to " + to);
    }
    return new Range(from, to);
  }

  @Override
  public void close() {
    try {
      sound.close();
    } catch (IOException e) {
      throw new RecordingUnavailableException("the recording cannot be closed", e);
    }
  }

  private final class Range extends InputStream {

    private long at;
    private final long end;

    Range(long from, long to) {
      this.at = from;
      this.end = to;
    }

    @Override
    public int read() {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int count) {
      if (count == 0) {
        return 0;
      }
      if (at >= end) {
        return -1;
      }
      int most = (int) Math.min(count, end - at);
      int done = Playback.this.read(at, ByteBuffer.wrap(target, offset, most));
      at += done;
      return done;
    }
  }
}
