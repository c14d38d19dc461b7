package kz.qonyrau.speech.models;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.concurrent.TimeoutException;
import kz.qonyrau.speech.ExternalProgram;

/// Finds out how words are said, from espeak-ng's phonemes. The program is run once for all words.
/// Needs the Debian package `espeak-ng`.
final class Pronouncer {

  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final int MOST_BYTES = 64 << 20;

  private final PhonemeTable table;

  Pronouncer(PhonemeTable table) {
    this.table = table;
  }

  /// The ways to say each of the words, in their order.
  ///
  /// @throws ModelRefusedException naming all words that cannot be said, at most twenty of them,
  ///   each with the reason; or if espeak-ng is missing or fails
  List<Pronunciation> pronounce(List<OwnWord> words) throws IOException, InterruptedException {
    List<Pronunciation> all = new ArrayList<>();
    List<String> complaints = new ArrayList<>();
    for (SaidWord said : preview(words)) {
      said.ways()
          .forEach(way -> all.add(new Pronunciation(said.word(), List.of(way.split(" ", -1)))));
      if (said.fault().isPresent()) {
        complaints.add("'" + said.word() + "' cannot be said: " + said.detail());
      }
    }
    if (!complaints.isEmpty()) {
      String more = complaints.size() > 20 ? "; and " + (complaints.size() - 20) + " more" : "";
      throw new ModelRefusedException(
          ModelFault.BAD_WORD,
          String.join("; ", complaints.subList(0, Math.min(20, complaints.size()))) + more);
    }
    return all;
  }

  /// How each of the words is said, or why it cannot be, in their order.
  ///
  /// @throws ModelRefusedException if espeak-ng is missing or fails
  List<SaidWord> preview(List<OwnWord> words) throws IOException, InterruptedException {
    Map<String, String> phonemes = phonemes(words);
    return words.stream().map(word -> said(word, phonemes)).toList();
  }

  private SaidWord said(OwnWord word, Map<String, String> phonemes) {
    List<String> ways = new ArrayList<>();
    try {
      for (List<String> reading : word.readings()) {
        waysToSay(reading, phonemes).forEach(way -> ways.add(String.join(" ", way)));
      }
      return new SaidWord(word.word(), ways.stream().distinct().toList(), Optional.empty(), "");
    } catch (UnsayableException unsayable) {
      return new SaidWord(
          word.word(),
          List.of(),
          Optional.of(unsayable.fault()),
          String.valueOf(unsayable.getMessage()));
    }
  }

  /// Every way to say words one after the other, at most [OwnWord#MOST_WAYS].
  private List<List<String>> waysToSay(List<String> reading, Map<String, String> phonemes)
      throws UnsayableException {
    List<List<String>> all = List.of(List.of());
    for (String word : reading) {
      List<List<String>> ways = table.exceptions(word);
      if (ways.isEmpty()) {
        ways = table.ways(word, written(word, phonemes));
      }
      List<List<String>> longer = new ArrayList<>();
      for (List<String> start : all) {
        for (List<String> way : ways) {
          if (longer.size() < OwnWord.MOST_WAYS) {
            List<String> whole = new ArrayList<>(start);
            whole.addAll(way);
            longer.add(whole);
          }
        }
      }
      all = longer;
    }
    for (List<String> way : all) {
      if (way.size() > Pronunciation.MOST_PHONES) {
        throw new UnsayableException(
            SayingFault.TOO_LONG,
            "it has more than " + Pronunciation.MOST_PHONES + " phones; shorten it");
      }
    }
    return all;
  }

  private static String written(String word, Map<String, String> phonemes)
      throws UnsayableException {
    String written = phonemes.getOrDefault(word, "").strip();
    if (written.contains("(")) {
      throw new UnsayableException(
          SayingFault.OTHER_LANGUAGE,
          "espeak-ng takes '"
              + word
              + "' for a word of another language; write how it is said in the letters of this one");
    }
    if (written.contains(" ")) {
      throw new UnsayableException(
          SayingFault.SPELLED_OUT,
          "espeak-ng spells '" + word + "' out; write how it is said in letters that it reads");
    }
    return written;
  }

  private Map<String, String> phonemes(List<OwnWord> words)
      throws IOException, InterruptedException {
    SequencedSet<String> asked = new LinkedHashSet<>();
    for (OwnWord each : words) {
      for (List<String> reading : each.readings()) {
        reading.stream().filter(word -> table.exceptions(word).isEmpty()).forEach(asked::add);
      }
    }
    if (asked.isEmpty()) {
      return Map.of();
    }
    List<String> answers = ask(asked);
    if (answers.size() != asked.size()) {
      throw new ModelRefusedException(
          ModelFault.TOOL_FAILED,
          "espeak-ng was asked for " + asked.size() + " words and answered " + answers.size());
    }
    Map<String, String> phonemes = new HashMap<>();
    int at = 0;
    for (String word : asked) {
      phonemes.put(word, answers.get(at++));
    }
    return phonemes;
  }

  private List<String> ask(SequencedSet<String> words) throws IOException, InterruptedException {
    List<String> command =
        List.of("espeak-ng", "-q", "-x", "--sep=_", "-b", "1", "-v", table.voice());
    byte[] input = (String.join("\n", words) + "\n").getBytes(StandardCharsets.UTF_8);
    try {
      ExternalProgram.Output output = ExternalProgram.run(command, input, MOST_BYTES, LIMIT);
      if (!output.succeeded()) {
        throw new ModelRefusedException(
            ModelFault.TOOL_FAILED,
            "espeak-ng ended with " + output.exit() + ": " + output.complaint());
      }
      return new String(output.bytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (TimeoutException e) {
      throw new ModelRefusedException(
          ModelFault.TOOL_FAILED, "espeak-ng took longer than " + LIMIT.toMinutes() + " min", e);
    }
  }
}
