package kz.qonyrau.insight;

import io.vertx.core.Future;
import java.nio.ByteBuffer;
import java.util.Optional;
import kz.qonyrau.vocabulary.CallId;

/// Where the sound of conversations is.
public interface ConversationAudio {

  /// Opens a recording; empty if there is none, or none any more. The future fails if it is there
  /// and cannot be opened.
  Future<Optional<Open>> open(CallId call);

  /// An open recording: interleaved signed 16-bit little-endian samples, 8 kHz, the subscriber
  /// left. For one thread; blocks on the disk.
  interface Open extends AutoCloseable {

    /// How many samples each channel has.
    long samples();

    /// Reads from a sample on, as much as `target` takes and there is.
    ///
    /// @throws RuntimeException if the recording cannot be read
    void read(long sample, ByteBuffer target);

    @Override
    void close();
  }
}
