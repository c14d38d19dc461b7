package kz.qonyrau.telephony.asterisk;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.function.Consumer;
import kz.qonyrau.telephony.CallEndedException;
import kz.qonyrau.vocabulary.CallId;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The audio of one call, both ways. Lives on the event loop of its socket.
///
/// Asterisk paces what is played: it takes audio ahead of time into a queue, and plays 20 ms of it
/// every 20 ms. The queue drops what is beyond 1000 frames, so a long prompt goes in pieces of 5 s,
/// two of them under way at any time, and a mark after each piece comes back when it was played.
final class MediaSocket {

  static final int FRAME = 320;

  private static final Logger log = LoggerFactory.getLogger(MediaSocket.class);
  private static final int PIECE = 250 * FRAME;
  private static final int MESSAGE = 50 * FRAME;
  private static final int PIECES_UNDER_WAY = 2;
  private static final int FRAMES_KEPT = 1_500;
  private static final int DIGITS_KEPT = 64;

  private static final class Prompt {
    final byte[] pcm;
    final Promise<Void> played = Promise.promise();
    int sent;

    Prompt(byte[] pcm) {
      this.pcm = pcm;
    }
  }

  private record Mark(String id, @Nullable Prompt finished) {}

  private final CallId call;
  private final ServerWebSocket socket;
  private final Deque<Prompt> waiting = new ArrayDeque<>();
  private final Deque<Mark> underWay = new ArrayDeque<>();
  private final Deque<byte[]> early = new ArrayDeque<>();
  private final Deque<Character> earlyDigits = new ArrayDeque<>();
  private byte[] remainder = new byte[0];
  private @Nullable Consumer<byte[]> audio;
  private @Nullable Consumer<Character> digits;
  private Runnable onClose = () -> {};
  private int marks;
  private boolean full;
  private boolean closed;

  MediaSocket(CallId call, ServerWebSocket socket) {
    this.call = call;
    this.socket = socket;
  }

  /// Takes the socket over; to be called once, as soon as the call is known.
  void attach(Runnable whenClosed) {
    onClose = whenClosed;
    socket.binaryMessageHandler(this::hear);
    socket.textMessageHandler(this::obey);
    socket.exceptionHandler(failure ->
        log.atWarn()
            .addKeyValue("call", call)
            .addKeyValue("why", failure.getClass().getSimpleName())
            .log("a call's audio broke"));
    socket.closeHandler(_ -> close());
  }

  Future<Void> play(byte[] pcm) {
    if (closed) {
      return Future.failedFuture(new CallEndedException(call));
    }
    if (pcm.length == 0) {
      return Future.succeededFuture();
    }
    Prompt prompt = new Prompt(pcm);
    waiting.add(prompt);
    pump();
    return prompt.played.future();
  }

  void stopPlaying() {
    if (closed) {
      return;
    }
    command("FLUSH_MEDIA");
    full = false;
    abandonPlaying(false);
  }

  void onAudio(Consumer<byte[]> sink) {
    audio = sink;
    while (!early.isEmpty()) {
      sink.accept(early.remove());
    }
  }

  void onDigit(Consumer<Character> sink) {
    digits = sink;
    while (!earlyDigits.isEmpty()) {
      sink.accept(earlyDigits.remove());
    }
  }

  /// Asks Asterisk to end the call; false if nobody is there to be asked.
  boolean hangUp() {
    if (closed) {
      return false;
    }
    command("HANGUP");
    return true;
  }

  private void pump() {
    while (!full && underWay.size() < PIECES_UNDER_WAY && !waiting.isEmpty()) {
      Prompt prompt = waiting.element();
      int from = prompt.sent;
      int to = Math.min(prompt.pcm.length, from + PIECE);
      command("START_MEDIA_BUFFERING");
      for (int at = from; at < to; at += MESSAGE) {
        send(prompt.pcm, at, Math.min(to, at + MESSAGE));
      }
      command("STOP_MEDIA_BUFFERING");
      prompt.sent = to;
      boolean last = to == prompt.pcm.length;
      if (last) {
        waiting.remove();
      }
      Mark mark = new Mark("m" + ++marks, last ? prompt : null);
      underWay.add(mark);
      write(
          new JsonObject().put("command", "MARK_MEDIA").put("correlation_id", mark.id()).encode());
    }
  }

  private void send(byte[] pcm, int from, int to) {
    // Whole frames only, the last one filled up with silence.
    int length = (to - from + FRAME - 1) / FRAME * FRAME;
    var _ = socket.writeBinaryMessage(Buffer.buffer(Arrays.copyOfRange(pcm, from, from + length)));
  }

  private void hear(Buffer message) {
    byte[] bytes = message.getBytes();
    if (remainder.length == 0 && bytes.length == FRAME) {
      deliver(bytes);
      return;
    }
    byte[] all = Arrays.copyOf(remainder, remainder.length + bytes.length);
    System.arraycopy(bytes, 0, all, remainder.length, bytes.length);
    int at = 0;
    for (; at + FRAME <= all.length; at += FRAME) {
      deliver(Arrays.copyOfRange(all, at, at + FRAME));
    }
    remainder = Arrays.copyOfRange(all, at, all.length);
  }

  private void deliver(byte[] frame) {
    Consumer<byte[]> sink = audio;
    if (sink != null) {
      sink.accept(frame);
      return;
    }
    if (early.size() == FRAMES_KEPT) {
      early.remove();
    }
    early.add(frame);
  }

  private void obey(String text) {
    JsonObject message;
    try {
      message = new JsonObject(text);
    } catch (DecodeException _) {
      log.atWarn().addKeyValue("call", call).log("asterisk sent a message that is no JSON");
      return;
    }
    switch (String.valueOf(message.getValue("event"))) {
      case "MEDIA_MARK_PROCESSED" -> marked(String.valueOf(message.getValue("correlation_id")));
      case "MEDIA_XOFF" -> full = true;
      case "MEDIA_XON" -> {
        full = false;
        pump();
      }
      case "DTMF_END" -> pressed(String.valueOf(message.getValue("digit")));
      case "ERROR" ->
          log.atWarn()
              .addKeyValue("call", call)
              .addKeyValue("error", message.getValue("error_text"))
              .log("asterisk refused a media command");
      default -> {} // News of no use here, for example that a buffer was filled.
    }
  }

  private void marked(String id) {
    // Marks come back in the order they were sent; one that was flushed does not come.
    if (underWay.stream().noneMatch(mark -> mark.id().equals(id))) {
      return;
    }
    boolean more = true;
    while (more) {
      Mark mark = underWay.remove();
      if (mark.finished() != null) {
        mark.finished().played.tryComplete();
      }
      more = !mark.id().equals(id);
    }
    pump();
  }

  private void pressed(String digit) {
    if (!digit.matches("[0-9*#A-D]")) {
      return;
    }
    Consumer<Character> sink = digits;
    if (sink != null) {
      sink.accept(digit.charAt(0));
    } else if (earlyDigits.size() < DIGITS_KEPT) {
      earlyDigits.add(digit.charAt(0));
    }
  }

  private void command(String name) {
    write(new JsonObject().put("command", name).encode());
  }

  private void write(String text) {
    var _ = socket.writeTextMessage(text);
  }

  /// The call is over for this socket, whoever ended it.
  void close() {
    if (closed) {
      return;
    }
    closed = true;
    abandonPlaying(true);
    var _ = socket.close();
    onClose.run();
  }

  private void abandonPlaying(boolean callEnded) {
    Deque<Promise<Void>> promises = new ArrayDeque<>();
    for (Mark mark : underWay) {
      if (mark.finished() != null) {
        promises.add(mark.finished().played);
      }
    }
    for (Prompt prompt : waiting) {
      promises.add(prompt.played);
    }
    underWay.clear();
    waiting.clear();
    for (Promise<Void> promise : promises) {
      if (callEnded) {
        promise.tryFail(new CallEndedException(call));
      } else {
        promise.tryComplete();
      }
    }
  }
}
