package kz.qonyrau.testsupport.answers;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/// A script in one voice on one line.
///
/// @param sounds where recordings are, if the script has any: a directory for each language
/// @param seed decides pauses and noise
public record StagedAnswer(Script script, Voice voice, Line line, Recordings sounds, long seed) {

  /// What was made.
  ///
  /// @param pcm signed 16-bit little-endian samples, 8 kHz
  /// @param answered how many samples are before the answer
  /// @param firstSound the sample at which what answers makes its first sound; the length if none
  /// @param beepEnd the sample at which the last beep ends; -1 without one
  @SuppressWarnings("ArrayRecordComponent") // Nobody compares two of these.
  public record Sound(byte[] pcm, int answered, int firstSound, int beepEnd) {}

  /// All scripts of a part, each in every voice that makes a difference and on a few lines.
  ///
  /// @param test the part
  /// @param lines how many lines each voice is sent over
  public static List<StagedAnswer> part(boolean test, int lines, Recordings sounds) {
    List<StagedAnswer> answers = new ArrayList<>();
    List<Voice> voices = test ? Voice.TEST : Voice.TUNE;
    long seed = test ? 1_000_000 : 0;
    for (Script script : Script.all()) {
      if (script.test() != test || (script.isRecorded() && !sounds.have(script))) {
        continue;
      }
      for (Voice voice : voices) {
        for (int i = 0; i < lines; i++) {
          seed++;
          answers.add(new StagedAnswer(script, voice, Line.any(random(seed)), sounds, seed));
        }
      }
    }
    return answers;
  }

  /// Neighbouring seeds of [Random] begin alike; these do not.
  private static Random random(long seed) {
    return new Random(seed * 0x9E3779B97F4A7C15L);
  }

  /// Speaks, adds what the line does, and ends with 8 s in which nobody says anything.
  public Sound sound() {
    Random random = random(~seed);
    Take take = new Take(random);
    take.pause(firstPause(random));
    for (Iterator<String> parts = parts().iterator(); parts.hasNext(); ) {
      take.play(parts.next());
    }
    take.pause(8000);
    double[] sound = line.carry(take.all(), random);
    return new Sound(
        Studio.pcm(sound),
        take.answered,
        take.firstSound < 0 ? sound.length : take.firstSound,
        take.beepEnd);
  }

  /// People need a moment to bring the phone to the ear, machines hardly any.
  private int firstPause(Random random) {
    return switch (script.label()) {
      case HUMAN -> 150 + random.nextInt(1300);
      case VOICEMAIL -> 100 + random.nextInt(800);
      case ANNOUNCEMENT, SILENCE, FAX -> random.nextInt(600);
    };
  }

  /// Words, pauses and signals, each by itself.
  private List<String> parts() {
    return Arrays.stream(script.text().split("(?=[{(])|(?<=[})])"))
        .map(String::strip)
        .filter(part -> !part.isEmpty())
        .toList();
  }

  /// Tells what it is made of, to find it again.
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%s %s %s [%s] %s %.0f/%.0f dB %s seed %d",
        script.label(),
        script.reason(),
        script.language(),
        script.text(),
        voice.variant(),
        line.speechDbfs(),
        line.noiseDbfs(),
        line.codec(),
        seed);
  }

  /// The samples so far.
  private final class Take {

    private final Random random;
    private double[] samples = new double[0];
    private int answered;
    private int firstSound = -1;
    private int beepEnd = -1;

    Take(Random random) {
      this.random = random;
    }

    double[] all() {
      return samples;
    }

    void pause(int millis) {
      samples = Arrays.copyOf(samples, samples.length + 8 * millis);
    }

    void play(String part) {
      if (part.startsWith("(")) {
        pause(Integer.parseInt(part.substring(1, part.length() - 1)));
      } else if (part.startsWith("{")) {
        signal(part.substring(1, part.length() - 1).split(" "));
      } else if (part.chars().anyMatch(Character::isLetterOrDigit)) {
        add(levelled(Studio.speech(part, script.language(), voice)));
      }
    }

    private void signal(String[] words) {
      switch (words[0]) {
        case "answer" -> answered = samples.length;
        case "ring" -> {
          plain(Tones.sine(425, 1000, -20));
          pause(4000);
        }
        case "beep" -> {
          add(
              Tones.sine(
                  Integer.parseInt(words[1]),
                  Integer.parseInt(words[2]),
                  line.speechDbfs() - 2 + 6 * random.nextDouble()));
          beepEnd = samples.length;
        }
        case "sit" -> {
          add(Tones.sine(950, 330, -18));
          add(Tones.sine(1400, 330, -18));
          add(Tones.sine(1800, 330, -18));
          pause(300);
        }
        case "ced" -> add(Tones.sine(2100, 3000, -15));
        case "cng" -> {
          add(Tones.sine(1100, 500, -15));
          pause(3000);
        }
        case "busy" -> repeated(8, 350);
        case "congestion" -> repeated(10, 200);
        case "click" -> plain(Tones.click());
        case "cough" -> plain(Tones.cough(random, line.speechDbfs() + 3));
        case "sound" -> {
          add(levelled(sounds.samples(words[1], words[2])));
          if (words[2].equals("beep")) {
            beepEnd = samples.length;
          }
        }
        default -> throw new IllegalArgumentException("no such signal: " + words[0]);
      }
    }

    private void repeated(int times, int millis) {
      for (int i = 0; i < times; i++) {
        add(Tones.sine(425, millis, -18));
        pause(millis);
      }
    }

    private double[] levelled(double[] sound) {
      double sum = 0;
      int loud = 1;
      for (double sample : sound) {
        if (Math.abs(sample) > 200) {
          sum += sample * sample;
          loud++;
        }
      }
      double factor = 32_768 * Math.pow(10, line.speechDbfs() / 20) / Math.sqrt(sum / loud + 1);
      return Arrays.stream(sound).map(sample -> factor * sample).toArray();
    }

    private void add(double[] sound) {
      if (firstSound < 0) {
        firstSound = samples.length;
      }
      plain(sound);
    }

    private void plain(double[] sound) {
      int at = samples.length;
      samples = Arrays.copyOf(samples, at + sound.length);
      System.arraycopy(sound, 0, samples, at, sound.length);
    }
  }
}
