package kz.qonyrau.speech.answering;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import kz.qonyrau.speech.activity.Frames;
import kz.qonyrau.speech.answering.ToneEvent.Beep;
import kz.qonyrau.speech.answering.ToneEvent.Cadence;
import kz.qonyrau.speech.answering.ToneEvent.FaxAnswers;
import kz.qonyrau.speech.answering.ToneEvent.FaxCalls;
import kz.qonyrau.speech.answering.ToneEvent.LineTone;
import kz.qonyrau.speech.answering.ToneEvent.SpecialInformation;
import org.jspecify.annotations.Nullable;

/// Hears the signals of machines in the audio of a call: beeps, fax, special information tones,
/// ringing, busy and congestion.
///
/// A voice is not taken for a beep: a frame of a tone holds next to nothing else, and a tone keeps
/// its frequency to a few hertz and its level for 0.1 s and longer, which a voice does not. What is
/// 425 Hz is never a beep, since that is what exchanges signal with.
///
/// Without a clock or a thread, like [kz.qonyrau.speech.activity.SpeechActivity]; some 15 000
/// multiplications a frame of 20 ms. For one thread at a time.
public final class ToneDetector {

  private static final double SAME_HERTZ = 12;
  private static final double STEADY_DB = 9;
  private static final int MOST_MISSING = 1;
  private static final int QUIET_AFTER = 5;
  private static final int SHORTEST_BEEP = 5;
  private static final int LONGEST_BEEP = 60;
  private static final double LINE_HERTZ = 425;
  private static final int FAX_FRAMES = 25;
  private static final int DIAL_FRAMES = 150;

  /// A tone in frames of 20 ms.
  private record Tone(double hertz, long from, long to, boolean steady) {

    long frames() {
      return to - from;
    }

    boolean isNear(double wanted, double by) {
      return Math.abs(hertz - wanted) <= by;
    }

    boolean lasts(long least, long most) {
      return frames() >= least && frames() <= most;
    }
  }

  private final Frames frames = new Frames();
  private final Goertzel goertzel = new Goertzel();
  private final List<ToneEvent> events = new ArrayList<>();

  private long heard;
  private @Nullable Growing growing;

  /// Tones one right after the other; judged when it is quiet.
  private final List<Tone> chain = new ArrayList<>();

  private @Nullable Tone lastCalling;
  private @Nullable Tone lastLine;
  private int evenBusy;
  private int evenCongestion;
  private boolean faxSaid;
  private boolean dialSaid;

  /// Hears the next piece of audio.
  ///
  /// @param pcm signed 16-bit little-endian samples, 8 kHz, one channel; any number of them
  /// @return what became known with it, in order; mostly nothing
  /// @throws IllegalArgumentException if the length is odd, that is, not whole samples
  public List<ToneEvent> hear(byte[] pcm) {
    frames.cut(pcm, this::hear);
    List<ToneEvent> known = List.copyOf(events);
    events.clear();
    return known;
  }

  private void hear(short[] frame) {
    Optional<Goertzel.Single> single = goertzel.hear(frame);
    heard++;
    Growing tone = growing;
    if (single.isPresent()) {
      if (tone != null && !tone.takes(single.get())) {
        finish(tone);
        tone = null;
      }
      if (tone == null) {
        tone = new Growing(heard - 1);
        growing = tone;
      }
      tone.add(single.get(), heard);
      whileItLasts(tone);
    } else if (tone != null && heard - tone.to > MOST_MISSING) {
      finish(tone);
    }
    if (growing == null && !chain.isEmpty() && heard - chain.getLast().to() >= QUIET_AFTER) {
      judgeChain();
      chain.clear();
    }
  }

  private void whileItLasts(Growing tone) {
    if (!faxSaid && tone.isNear(2100, 20) && heard - tone.from >= FAX_FRAMES) {
      faxSaid = true;
      events.add(new FaxAnswers(time(tone.from), time(heard)));
    }
    if (!dialSaid && tone.isNear(LINE_HERTZ, 10) && heard - tone.from >= DIAL_FRAMES) {
      dialSaid = true;
      events.add(new LineTone(Cadence.DIAL, time(tone.from), time(heard)));
    }
  }

  private void finish(Growing tone) {
    growing = null;
    Tone whole = tone.whole();
    if (whole.frames() < 3) {
      return; // What a voice has now and then.
    }
    if (!chain.isEmpty() && whole.from() - chain.getLast().to() >= QUIET_AFTER) {
      judgeChain();
      chain.clear();
    }
    chain.add(whole);
    if (isSpecialInformation()) {
      events.add(new SpecialInformation(time(chain.getFirst().from()), time(heard)));
      chain.clear();
    }
  }

  private boolean isSpecialInformation() {
    int size = chain.size();
    if (size < 3) {
      return false;
    }
    double[] hertz = {950, 1400, 1800};
    for (int i = 0; i < 3; i++) {
      Tone tone = chain.get(size - 3 + i);
      if (!tone.isNear(hertz[i], 50) || !tone.lasts(10, 24)) {
        return false;
      }
    }
    return true;
  }

  private void judgeChain() {
    Tone last = chain.getLast();
    if (chain.size() == 1 && last.isNear(LINE_HERTZ, 10)) {
      judgeLine(last);
    } else if (chain.size() == 1 && last.isNear(1100, 38) && last.lasts(20, 30)) {
      judgeCalling(last);
    } else if (chain.size() <= 2 && chain.stream().allMatch(ToneDetector::mayBeBeep)) {
      beep(chain.getFirst(), last);
    }
  }

  private static boolean mayBeBeep(Tone tone) {
    return tone.steady()
        && tone.lasts(SHORTEST_BEEP, LONGEST_BEEP)
        && tone.hertz() >= 395
        && tone.hertz() <= 2005
        && !tone.isNear(LINE_HERTZ, 10);
  }

  private void beep(Tone first, Tone last) {
    events.add(new Beep(last.hertz(), time(first.from()), time(last.to()), time(heard)));
  }

  /// The first is as good as a beep; the second, three seconds later, is a fax.
  private void judgeCalling(Tone tone) {
    Tone before = lastCalling;
    if (before != null && tone.from() - before.to() >= 125 && tone.from() - before.to() <= 175) {
      events.add(new FaxCalls(time(before.from()), time(heard)));
    } else if (mayBeBeep(tone)) {
      beep(tone, tone);
    }
    lastCalling = tone;
  }

  private void judgeLine(Tone tone) {
    Tone before = lastLine;
    lastLine = tone;
    long pause = before == null ? Long.MAX_VALUE : tone.from() - before.to();
    if (tone.lasts(35, 100)) {
      events.add(new LineTone(Cadence.RINGING, time(tone.from()), time(heard)));
    }
    evenBusy = tone.lasts(14, 28) && pause >= 13 && pause <= 28 ? evenBusy + 1 : 0;
    evenCongestion = tone.lasts(6, 13) && pause >= 6 && pause < 14 ? evenCongestion + 1 : 0;
    if (evenBusy == 2 && before != null) {
      events.add(new LineTone(Cadence.BUSY, time(before.from()), time(heard)));
    }
    if (evenCongestion == 3 && before != null) {
      events.add(new LineTone(Cadence.CONGESTION, time(before.from()), time(heard)));
    }
  }

  private static Duration time(long frames) {
    return Duration.ofMillis(frames * Frames.MILLIS);
  }

  /// A tone that goes on.
  private static final class Growing {

    private final long from;
    private long to;
    private double hertz;
    private double purest;
    private double loudest = Double.NEGATIVE_INFINITY;
    private double quietest = Double.POSITIVE_INFINITY;
    private int count;

    Growing(long from) {
      this.from = from;
    }

    boolean takes(Goertzel.Single single) {
      return Math.abs(single.hertz() - hertz) <= SAME_HERTZ;
    }

    boolean isNear(double wanted, double by) {
      return Math.abs(hertz - wanted) <= by;
    }

    void add(Goertzel.Single single, long until) {
      count++;
      hertz += (single.hertz() - hertz) / count;
      purest = Math.max(purest, single.purity());
      loudest = Math.max(loudest, single.dbfs());
      quietest = Math.min(quietest, single.dbfs());
      to = until;
    }

    Tone whole() {
      boolean steady =
          loudest - quietest <= STEADY_DB && purest >= 0.9 && count * 10L >= (to - from) * 8;
      return new Tone(hertz, from, to, steady);
    }
  }
}
