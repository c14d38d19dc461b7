package kz.qonyrau.speech.piper.worker;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import kz.qonyrau.speech.ExternalProgram;

/// How words are said, by the espeak-ng that is installed: its phonemes in the IPA, one code point
/// each and accents apart, as Piper's voices were trained with.
final class Phonemes {

  /// A word that is said by the rules of another language stands between two of these.
  private static final Pattern LANGUAGE = Pattern.compile("\\([a-z0-9-]+\\)");

  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final int MOST_BYTES = 1 << 20;

  private final List<String> command;

  /// @param voice of espeak-ng
  Phonemes(String voice) {
    // Without --stdin, each line is a text of its own, and what is said of it is one line, too.
    this.command = List.of("espeak-ng", "-q", "--ipa", "-b", "1", "-v", voice);
  }

  /// The phonemes of each sentence, in their order.
  ///
  /// @throws IOException if espeak-ng does not do its work
  List<int[]> of(List<List<Clause>> sentences) throws IOException, InterruptedException {
    List<String> words = sentences.stream().flatMap(List::stream).map(Clause::words).toList();
    List<String> said = said(words);
    List<int[]> phonemes = new ArrayList<>();
    int at = 0;
    for (List<Clause> sentence : sentences) {
      StringBuilder all = new StringBuilder();
      for (Clause clause : sentence) {
        all.append(said.get(at++)).append(clause.mark());
        if (!clause.endsSentence()) {
          all.append(' ');
        }
      }
      phonemes.add(all.codePoints().toArray());
    }
    return phonemes;
  }

  private List<String> said(List<String> words) throws IOException, InterruptedException {
    List<String> lines = ask(words);
    if (lines.size() == words.size()) {
      return lines.stream().map(Phonemes::plain).toList();
    }
    // It has cut one of them. Which, only asking one by one tells.
    List<String> said = new ArrayList<>();
    for (String each : words) {
      said.add(plain(String.join(" ", ask(List.of(each)))));
    }
    return said;
  }

  private List<String> ask(List<String> words) throws IOException, InterruptedException {
    byte[] input = (String.join("\n", words) + "\n").getBytes(StandardCharsets.UTF_8);
    ExternalProgram.Output output;
    try {
      output = ExternalProgram.run(command, input, MOST_BYTES, LIMIT);
    } catch (TimeoutException late) {
      throw new IOException("espeak-ng takes too long", late);
    }
    if (!output.succeeded()) {
      throw new IOException("espeak-ng ended with " + output.exit() + ": " + output.complaint());
    }
    return new String(output.bytes(), StandardCharsets.UTF_8).lines().toList();
  }

  private static String plain(String line) {
    return Normalizer.normalize(LANGUAGE.matcher(line).replaceAll(""), Normalizer.Form.NFD)
        .strip()
        .replaceAll("\\s+", " ");
  }
}
