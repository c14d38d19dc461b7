package kz.qonyrau.speech.models;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The phones that an acoustic model tells apart, in the order of its network's outputs; the first
/// is silence. They belong to the acoustic model and never change without it.
///
/// Kaldi numbers phones by their place in a word: 1 is silence, and phone k of the list, from 1,
/// has `2 + 4 (k - 1) + place`. A phone that is entered has the transition id `2 i`, one that is
/// stayed in `2 i - 1`, where i is that number.
final class Phones {

  static final String SILENCE = "SIL";
  static final int SILENCE_ENTERED = 2;

  private static final int MOST = 1000;

  /// Where in a word a phone stands.
  enum Place {
    BEGIN(0, "begin"),
    INSIDE(1, "internal"),
    END(2, "end"),
    ALONE(3, "singleton");

    private final int number;
    private final String kaldi;

    Place(int number, String kaldi) {
      this.number = number;
      this.kaldi = kaldi;
    }

    /// What `word_boundary.int` calls it.
    String kaldi() {
      return kaldi;
    }
  }

  private final List<String> names;
  private final Map<String, Integer> numbers = new HashMap<>();

  private Phones(List<String> names) {
    this.names = List.copyOf(names);
    for (int number = 0; number < names.size(); number++) {
      numbers.put(names.get(number), number);
    }
  }

  /// Reads `phones.txt`: one phone a line.
  ///
  /// @throws ModelRefusedException if it is not such a list
  static Phones read(SourceText text) {
    List<String> names = new ArrayList<>();
    for (String line : text.lines()) {
      int number = names.size() + 1;
      if (line.isEmpty() || line.length() > 20 || !line.chars().allMatch(c -> c > ' ' && c < 127)) {
        throw text.wrong(number, "not the name of a phone: '" + SourceText.shortened(line) + "'");
      }
      if (names.contains(line)) {
        throw text.wrong(number, "the phone " + line + " stands there twice");
      }
      if (number > MOST) {
        throw text.wrong("more than " + MOST + " phones");
      }
      names.add(line);
    }
    if (names.size() < 2 || !names.getFirst().equals(SILENCE)) {
      throw text.wrong("the first of at least two phones must be " + SILENCE);
    }
    return new Phones(names);
  }

  int count() {
    return names.size();
  }

  boolean knows(String name) {
    return numbers.containsKey(name) && !name.equals(SILENCE);
  }

  /// The number of a known phone: its line, from 0.
  int number(String name) {
    Integer number = numbers.get(name);
    if (number == null) {
      throw new IllegalArgumentException("no phone " + name);
    }
    return number;
  }

  static int kaldi(int phone, Place place) {
    return 2 + 4 * (phone - 1) + place.number;
  }

  /// The transition id that enters a phone other than silence.
  static int entering(int phone, Place place) {
    return 2 * kaldi(phone, place);
  }

  /// The transition id that stays in the phone that `entered` enters.
  static int staying(int entered) {
    return entered - 1;
  }

  /// The transition ids that enter the phones of a word.
  List<Integer> way(List<String> phones) {
    List<Integer> way = new ArrayList<>(phones.size());
    int last = phones.size() - 1;
    for (int k = 0; k <= last; k++) {
      Place place =
          last == 0 ? Place.ALONE : k == 0 ? Place.BEGIN : k == last ? Place.END : Place.INSIDE;
      way.add(entering(number(phones.get(k)), place));
    }
    return way;
  }

  /// The lines of `phones/word_boundary.int`.
  List<String> boundaries() {
    List<String> lines = new ArrayList<>();
    lines.add("1 nonword");
    for (int phone = 1; phone < names.size(); phone++) {
      for (Place place : Place.values()) {
        lines.add(kaldi(phone, place) + " " + place.kaldi());
      }
    }
    return lines;
  }
}
