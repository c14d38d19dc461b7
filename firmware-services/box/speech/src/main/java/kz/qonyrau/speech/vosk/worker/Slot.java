package kz.qonyrau.speech.vosk.worker;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// One thread's way into native code: every call is noted before and after, for the flight recorder
/// and for whoever asks what takes so long.
final class Slot {

  /// A call into the native library.
  interface NativeCall<T> {
    T call() throws IOException;
  }

  /// What a slot is doing.
  ///
  /// @param since when it began, as of [System#nanoTime]
  record Call(int listening, long since) {}

  private final int thread;
  private final FlightRecorder recorder;
  private volatile @Nullable Call underWay;
  private volatile long nanos;

  Slot(int thread, FlightRecorder recorder) {
    this.thread = thread;
    this.recorder = recorder;
  }

  /// Makes a call for a listening. Only this slot's own thread may.
  <T> T inside(int listening, NativeCall<T> call) throws IOException {
    long start = System.nanoTime();
    recorder.enter(thread, listening);
    underWay = new Call(listening, start);
    try {
      return call.call();
    } finally {
      nanos = nanos + System.nanoTime() - start;
      underWay = null;
      recorder.leave(thread);
    }
  }

  @Nullable Call underWay() {
    return underWay;
  }

  /// Time in native code until now, ns, that of finished calls only.
  long nanos() {
    return nanos;
  }
}
