package kz.qonyrau.speech.vosk.worker;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Consumer;
import kz.qonyrau.speech.vosk.worker.Frame.What;
import org.jspecify.annotations.Nullable;
import org.vosk.Model;
import org.vosk.Recognizer;

/// One listening in the worker. Its audio waits in a queue, which the box keeps short; at most one
/// thread at a time takes it from there, so that it is heard in order.
final class Decoder {

  private static final int TELEPHONE = 8000;

  /// After this many pieces the thread goes to the next listening that waits.
  private static final int PIECES_PER_TURN = 10;

  /// Stands in the queue where the box wants to know what was said; no piece of audio is empty.
  private static final byte[] SETTLE = {};

  private enum Step {
    PIECE,
    FINISH,
    DROP,
    WAIT
  }

  private final int id;
  private final Optional<String> grammar;
  private final Model model;
  private final int samplesPerSecond;
  private final FrameWriter out;
  private final Consumer<Decoder> schedule;
  private final @Nullable Upsampler upsampler;

  // Guarded by this.
  private final Deque<byte[]> waiting = new ArrayDeque<>();
  private boolean scheduled;
  private boolean finishing;
  private boolean dropped;
  private boolean over;

  // Touched by one thread at a time.
  private @Nullable Recognizer recognizer;
  private long heard;

  /// @param samplesPerSecond what the model is given: 8000, or 16000
  Decoder(
      int id,
      Optional<String> grammar,
      Model model,
      int samplesPerSecond,
      FrameWriter out,
      Consumer<Decoder> schedule) {
    this.id = id;
    this.grammar = grammar;
    this.model = model;
    this.samplesPerSecond = samplesPerSecond;
    this.upsampler = samplesPerSecond == TELEPHONE ? null : new Upsampler();
    this.out = out;
    this.schedule = schedule;
  }

  synchronized void feed(byte[] pcm) {
    if (!finishing && !dropped && !over) {
      waiting.add(pcm);
      wake();
    }
  }

  synchronized void settle() {
    if (!finishing && !dropped && !over) {
      waiting.add(SETTLE);
      wake();
    }
  }

  synchronized void finish() {
    finishing = true;
    wake();
  }

  synchronized void drop() {
    dropped = true;
    waiting.clear();
    wake();
  }

  private synchronized void wake() {
    if (!scheduled && !over) {
      scheduled = true;
      schedule.accept(this);
    }
  }

  /// Decodes for a while, on the thread of the slot.
  ///
  /// @throws IOException if the box cannot be told; this worker is of no use any more then
  void turn(Slot slot) throws IOException {
    for (int piece = 0; piece < PIECES_PER_TURN; piece++) {
      switch (next()) {
        case PIECE -> hear(slot);
        case FINISH -> {
          conclude(slot);
          return;
        }
        case DROP -> {
          close(slot);
          return;
        }
        case WAIT -> {
          return;
        }
      }
    }
    synchronized (this) {
      scheduled = false;
      wake();
    }
  }

  private synchronized Step next() {
    if (dropped) {
      over = true;
      return Step.DROP;
    }
    if (!waiting.isEmpty()) {
      return Step.PIECE;
    }
    if (finishing) {
      over = true;
      return Step.FINISH;
    }
    scheduled = false;
    return Step.WAIT;
  }

  private synchronized byte @Nullable [] take() {
    return waiting.poll();
  }

  private void hear(Slot slot) throws IOException {
    byte[] piece = take();
    if (piece == null) {
      return; // Dropped in between.
    }
    if (piece.length == 0) {
      settle(slot);
      return;
    }
    long before = slot.nanos();
    boolean boundary;
    String json;
    try {
      Recognizer ears = recognizer(slot);
      byte[] audio = upsampler == null ? piece : upsampler.feed(piece);
      boundary = slot.inside(id, () -> ears.acceptWaveForm(audio, audio.length));
      json = slot.inside(id, boundary ? ears::getResult : ears::getPartialResult);
    } catch (IOException refused) {
      fail(slot, refused);
      return;
    }
    heard += piece.length;
    say(boundary ? What.BOUNDARY : What.PARTIAL, json, slot.nanos() - before);
  }

  private Recognizer recognizer(Slot slot) throws IOException {
    Recognizer ears = recognizer;
    if (ears == null) {
      ears =
          slot.inside(
              id,
              () ->
                  grammar.isPresent()
                      ? new Recognizer(model, samplesPerSecond, grammar.get())
                      : new Recognizer(model, samplesPerSecond));
      recognizer = ears;
      ears.setWords(true);
    }
    return ears;
  }

  /// The library gives its final result and starts afresh with the next piece; its times go on.
  private void settle(Slot slot) throws IOException {
    long before = slot.nanos();
    Recognizer ears = recognizer;
    String json = ears == null ? "" : slot.inside(id, ears::getFinalResult);
    say(What.SETTLED, json, slot.nanos() - before);
  }

  private void conclude(Slot slot) throws IOException {
    long before = slot.nanos();
    Recognizer ears = recognizer;
    if (ears != null && upsampler != null) {
      byte[] rest = upsampler.flush();
      if (slot.inside(id, () -> ears.acceptWaveForm(rest, rest.length))) {
        say(What.BOUNDARY, slot.inside(id, ears::getResult), slot.nanos() - before);
        before = slot.nanos();
      }
    }
    String json = ears == null ? "" : slot.inside(id, ears::getFinalResult);
    close(slot);
    say(What.END, json, slot.nanos() - before);
  }

  private void fail(Slot slot, IOException why) throws IOException {
    synchronized (this) {
      over = true;
      waiting.clear();
    }
    close(slot);
    out.write(new Frame.Failed(id, String.valueOf(why.getMessage())));
    out.flush();
  }

  private void close(Slot slot) throws IOException {
    Recognizer ears = recognizer;
    recognizer = null;
    if (ears != null) {
      var _ =
          slot.inside(
              id,
              () -> {
                ears.close();
                return "";
              });
    }
  }

  private void say(What what, String json, long nanos) throws IOException {
    out.write(new Frame.Heard(id, heard, what, json, nanos));
    out.flush();
  }
}
