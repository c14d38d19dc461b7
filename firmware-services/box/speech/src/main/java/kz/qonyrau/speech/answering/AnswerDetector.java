package kz.qonyrau.speech.answering;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import kz.qonyrau.speech.Hearing;
import kz.qonyrau.speech.Listening;
import kz.qonyrau.speech.ListeningRequest;
import kz.qonyrau.speech.RecognitionUnavailableException;
import kz.qonyrau.speech.Recognizer;
import kz.qonyrau.speech.activity.ActivitySettings;
import kz.qonyrau.speech.activity.Frames;
import kz.qonyrau.speech.activity.SpeechActivity;
import kz.qonyrau.speech.activity.SpeechEvent;
import kz.qonyrau.speech.answering.AnswerEvent.Deaf;
import kz.qonyrau.speech.answering.AnswerEvent.Heard;
import kz.qonyrau.speech.answering.AnswerEvent.Passed;
import kz.qonyrau.speech.answering.AnswerEvent.Signal;
import kz.qonyrau.speech.answering.AnswerEvent.SpeechBegan;
import kz.qonyrau.speech.answering.AnswerEvent.SpeechEnded;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Listens to a callee from the first sound on, before the answer if there is any, and says who
/// answered.
///
/// Feed it what comes from the callee, tell it when the call was answered and what is played, and
/// close it when the answer is clear or the call is over. Without recognition, because there is no
/// model or the box is overloaded, it judges by timing and tones alone.
///
/// Before the answer it is mostly the ring tone that is heard, for up to two minutes; then the
/// recognisers get only what sounds like speech, so that a telephone that rings costs next to
/// nothing.
///
/// Safe to use from any thread. Nothing here blocks: a piece of 20 ms takes a small part of a
/// millisecond, and recognition happens elsewhere. Findings are told one at a time, in order, on
/// the thread that brought what led to them, with no lock held but this object's own.
public final class AnswerDetector implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(AnswerDetector.class);

  private final SpeechActivity activity = new SpeechActivity(ActivitySettings.forGreetings());
  private final ToneDetector tones = new ToneDetector();
  private final AnswerJudge judge;
  private final Consumer<Finding> sink;
  private final Frames frames = new Frames();

  // All guarded by this.
  private final SpeechOnly speechOnly = new SpeechOnly();
  private boolean answered;
  private long samples;
  private boolean closed;
  private int deaf;

  /// Never called with the lock held: the recogniser tells of what it hears with one of its own.
  private volatile List<Listening> listenings = List.of();

  private AnswerDetector(AnswerJudge judge, Consumer<Finding> sink) {
    this.judge = judge;
    this.sink = sink;
  }

  /// Starts listening to a call.
  ///
  /// @param requests whom to listen to, once for each language that the network or the subscriber
  ///   may speak; those that cannot be listened for are left out. Phrases in a request narrow what
  ///   the recogniser expects; without them its whole vocabulary is open, which is the better
  ///   choice for a model that knows few of the words of [AnswerPhrases#words]
  /// @param sink told of findings; must not block. If it throws, whoever fed the audio gets that
  public static AnswerDetector start(
      Recognizer recognizer,
      List<ListeningRequest> requests,
      AnswerPhrases phrases,
      AnswerTimes times,
      Consumer<Finding> sink) {
    AnswerDetector detector = new AnswerDetector(new AnswerJudge(phrases, times), sink);
    detector.listen(recognizer, requests);
    return detector;
  }

  /// Starts without recognition.
  public static AnswerDetector deaf(
      AnswerPhrases phrases, AnswerTimes times, Consumer<Finding> sink) {
    AnswerDetector detector = new AnswerDetector(new AnswerJudge(phrases, times), sink);
    detector.on(new Deaf(Duration.ZERO));
    return detector;
  }

  private void listen(Recognizer recognizer, List<ListeningRequest> requests) {
    List<Listening> opened = new ArrayList<>();
    for (ListeningRequest request : requests) {
      try {
        opened.add(recognizer.listen(request, hearing -> hear(request.language(), hearing)));
      } catch (RecognitionUnavailableException | IllegalArgumentException nobody) {
        LOG.atInfo()
            .addKeyValue("call", request.call())
            .addKeyValue("language", request.language())
            .addKeyValue("why", nobody.getMessage())
            .log("who answers is judged without this language");
      }
    }
    synchronized (this) {
      listenings = List.copyOf(opened);
      if (deaf == opened.size()) {
        on(new Deaf(now()));
      }
    }
  }

  /// The call was answered; what came before was the network.
  public synchronized void answered() {
    answered = true;
    on(new AnswerEvent.Answered(now()));
  }

  /// A key was pressed at the other end.
  public synchronized void key() {
    on(new AnswerEvent.Key(now()));
  }

  /// The box begins to play this; see [SpeechActivity#plays].
  public synchronized void plays(byte[] pcm) {
    activity.plays(pcm);
  }

  /// The box plays nothing any more.
  public synchronized void playsNothing() {
    activity.playsNothing();
  }

  /// The verdict in force; empty as long as there is none.
  public synchronized Optional<Finding.Verdict> verdict() {
    return judge.verdict();
  }

  /// Takes the next piece of the callee's audio. After [#close] it is ignored.
  ///
  /// @param pcm signed 16-bit little-endian samples, 8 kHz, one channel; any number of them
  /// @throws IllegalArgumentException if the length is odd, that is, not whole samples
  public void feed(byte[] pcm) {
    byte[] worthHearing;
    synchronized (this) {
      if (closed) {
        return;
      }
      frames.cut(pcm, this::hear);
      worthHearing = answered ? pcm : speechOnly.of(pcm);
    }
    if (worthHearing.length > 0) {
      listenings.forEach(ear -> ear.feed(worthHearing));
    }
  }

  private void hear(short[] frame) {
    byte[] piece = bytes(frame);
    samples += frame.length;
    for (SpeechEvent event : activity.hear(piece)) {
      speechOnly.on(event);
      on(spoken(event));
    }
    tones.hear(piece).forEach(tone -> on(new Signal(tone)));
    on(new Passed(now()));
  }

  /// Stops listening. What was found stays; nothing is told any more.
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
    }
    List<Listening> ears = listenings;
    listenings = List.of();
    for (Listening ear : ears) {
      var _ = ear.finish();
    }
  }

  private synchronized void hear(Locale language, Hearing hearing) {
    switch (hearing) {
      case Hearing.Partial partial ->
          on(new Heard(language, partial.text(), false, 0, partial.at()));
      case Hearing.Utterance utterance ->
          on(new Heard(language, utterance.text(), true, utterance.confidence(), now()));
      case Hearing.Deaf deafened -> {
        if (++deaf == listenings.size()) {
          on(new Deaf(deafened.at()));
        }
      }
    }
  }

  private synchronized void on(AnswerEvent event) {
    if (!closed) {
      judge.on(event).forEach(sink);
    }
  }

  private Duration now() {
    return SpeechEvent.time(samples);
  }

  private static AnswerEvent spoken(SpeechEvent event) {
    Duration at = SpeechEvent.time(event.knownAt());
    return switch (event) {
      case SpeechEvent.Began began -> new SpeechBegan(SpeechEvent.time(began.from()), at);
      case SpeechEvent.Ended ended ->
          new SpeechEnded(SpeechEvent.time(ended.from()), SpeechEvent.time(ended.to()), at);
    };
  }

  private static byte[] bytes(short[] frame) {
    byte[] bytes = new byte[2 * frame.length];
    for (int i = 0; i < frame.length; i++) {
      bytes[2 * i] = (byte) frame[i];
      bytes[2 * i + 1] = (byte) (frame[i] >> 8);
    }
    return bytes;
  }
}
