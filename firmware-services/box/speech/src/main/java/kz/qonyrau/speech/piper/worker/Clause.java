package kz.qonyrau.speech.piper.worker;

import java.util.ArrayList;
import java.util.List;

/// Some words of a text, said in one go, and the mark behind them, which a voice hears as a pause
/// and as melody. espeak-ng tells how words are said, but not which marks it met; so a text is cut
/// at them before it is asked.
///
/// @param words on one line, without any mark that espeak-ng would end a clause at
/// @param mark one of `. ? ! , : ;`, or empty where a clause was only too long
record Clause(String words, String mark) {

  private static final String ENDS = ".?!";

  /// espeak-ng would cut a longer one itself.
  private static final int LONGEST = 200;

  /// What a network says in one go takes memory by the square of its length.
  private static final int LONGEST_SENTENCE = 400;

  /// Marks that are said, or are parts of words.
  private static final String KEPT = "'’ʼ-%&@#*/§";

  boolean endsSentence() {
    return !mark.isEmpty() && ENDS.contains(mark);
  }

  /// Cuts a text into sentences, and these into clauses. A text that ends without a mark is ended
  /// by a full stop, and so is a line.
  static List<List<Clause>> sentences(String text) {
    Cutting cutting = new Cutting();
    int[] characters = text.codePoints().toArray();
    for (int i = 0; i < characters.length; i++) {
      int next = i + 1 < characters.length ? characters[i + 1] : '\n';
      cutting.take(characters[i], next);
    }
    cutting.end(".");
    return cutting.sentences;
  }

  private static final class Cutting {

    final List<List<Clause>> sentences = new ArrayList<>();
    private List<Clause> sentence = new ArrayList<>();
    private int sentenceLength;
    private final StringBuilder words = new StringBuilder();

    void take(int character, int next) {
      if (character == '\n') {
        end(".");
      } else if (isSaid(character)) {
        words.appendCodePoint(character);
        if (words.length() >= LONGEST) {
          cutLong();
        }
      } else {
        String mark = mark(character);
        boolean inWord = ".,:;?!".indexOf(character) >= 0 && Character.isLetterOrDigit(next);
        if (mark.isEmpty() || inWord) {
          words.append(' ');
        } else {
          end(mark);
        }
      }
    }

    private static boolean isSaid(int character) {
      return switch (Character.getType(character)) {
        case Character.UPPERCASE_LETTER,
            Character.LOWERCASE_LETTER,
            Character.TITLECASE_LETTER,
            Character.MODIFIER_LETTER,
            Character.OTHER_LETTER,
            Character.NON_SPACING_MARK,
            Character.COMBINING_SPACING_MARK,
            Character.DECIMAL_DIGIT_NUMBER,
            Character.LETTER_NUMBER,
            Character.OTHER_NUMBER,
            Character.CURRENCY_SYMBOL,
            Character.MATH_SYMBOL ->
            true;
        default -> KEPT.indexOf(character) >= 0;
      };
    }

    private static String mark(int character) {
      return switch (character) {
        case '.', ',', ':', ';', '?', '!' -> Character.toString(character);
        case '…' -> ".";
        case '–', '—', '(', ')', '[', ']', '{', '}' -> ",";
        default -> "";
      };
    }

    /// Ends at a space if there is one in the second half.
    private void cutLong() {
      int space = words.lastIndexOf(" ");
      int at = space > LONGEST / 2 ? space : words.length();
      String rest = words.substring(at);
      words.setLength(at);
      end("");
      words.append(rest.strip());
    }

    void end(String mark) {
      String said = words.toString().strip().replaceAll("\\s+", " ");
      words.setLength(0);
      if (said.codePoints().noneMatch(Character::isLetterOrDigit)) {
        moreOfTheSame(mark);
      } else {
        sentence.add(new Clause(said, mark));
        sentenceLength += said.length();
      }
      boolean ended = !sentence.isEmpty() && sentence.getLast().endsSentence();
      if (ended || sentenceLength > LONGEST_SENTENCE) {
        sentences.add(List.copyOf(sentence));
        sentence = new ArrayList<>();
        sentenceLength = 0;
      }
    }

    /// A second mark behind the same words: the stronger one counts.
    private void moreOfTheSame(String mark) {
      if (!sentence.isEmpty() && (ENDS.contains(mark) || sentence.getLast().mark.isEmpty())) {
        sentence.set(sentence.size() - 1, new Clause(sentence.getLast().words, mark));
      }
    }
  }
}
