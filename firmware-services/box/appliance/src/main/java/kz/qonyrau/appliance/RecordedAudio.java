package kz.qonyrau.appliance;

import io.vertx.core.Future;
import java.nio.ByteBuffer;
import java.util.Optional;
import kz.qonyrau.insight.ConversationAudio;
import kz.qonyrau.recordings.Playback;
import kz.qonyrau.recordings.Recordings;
import kz.qonyrau.vocabulary.CallId;

/// Introduces the recordings to whoever transcribes them.
final class RecordedAudio implements ConversationAudio {

  private static final int HEADER_BYTES = 44;
  private static final int FRAME_BYTES = 4;

  private final Recordings recordings;

  RecordedAudio(Recordings recordings) {
    this.recordings = recordings;
  }

  @Override
  public Future<Optional<Open>> open(CallId call) {
    return recordings.wav(call).map(found -> found.map(Sound::new));
  }

  private record Sound(Playback playback) implements Open {

    @Override
    public long samples() {
      return (playback.length() - HEADER_BYTES) / FRAME_BYTES;
    }

    @Override
    public void read(long sample, ByteBuffer target) {
      long at = HEADER_BYTES + sample * FRAME_BYTES;
      while (target.hasRemaining()) {
        int read = playback.read(at, target);
        if (read == 0) {
          return;
        }
        at += read;
      }
    }

    @Override
    public void close() {
      playback.close();
    }
  }
}
