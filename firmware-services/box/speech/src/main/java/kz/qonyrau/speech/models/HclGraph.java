package kz.qonyrau.speech.models;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/// HCL, the automaton that turns transition ids into words, as text for OpenFst: `from to given
/// word cost`, 0 for nothing given or no word.
///
/// A prefix tree of the pronunciations up to the phone at which the word is certain, and from there
/// endings that words share. With phones that know no context there is nothing to compose, to
/// determinise or to tell apart by special symbols.
///
/// State 0 is the start. State 1 is between words and the end; state 2 is a silence between words.
final class HclGraph {

  /// The cost of a silence, or of none, between words: each has a chance of one half.
  static final double HALF = 0.693;

  /// How a pronunciation goes through the automaton.
  ///
  /// @param word its number, from 1
  /// @param entered the transition ids that enter its phones
  record Way(int word, List<Integer> entered) {
    Way {
      entered = List.copyOf(entered);
    }
  }

  /// A beginning that pronunciations have in common.
  private static final class Beginning {
    private final Map<Integer, Beginning> longer = new HashMap<>();
    private int ways;
    private int state = -1;
  }

  private static final int START = 0;
  private static final int LOOP = 1;
  private static final int PAUSE = 2;

  private final StringBuilder arcs = new StringBuilder();
  private final Map<List<Integer>, Integer> endings = new HashMap<>();
  private int states = 3;

  HclGraph() {
    arc(START, LOOP, 0, 0, HALF);
    arc(START, PAUSE, Phones.SILENCE_ENTERED, 0, HALF);
    arc(PAUSE, PAUSE, Phones.staying(Phones.SILENCE_ENTERED), 0, 0);
    arc(PAUSE, LOOP, 0, 0, 0);
  }

  /// Adds all words at once; to be called once. The same way given twice counts once.
  void addWords(List<Way> ways) {
    List<Way> distinct = new ArrayList<>(new LinkedHashSet<>(ways));
    Beginning root = new Beginning();
    root.state = LOOP;
    for (Way way : distinct) {
      count(root, way);
    }
    for (Way way : distinct) {
      addWord(root, way);
    }
  }

  private static void count(Beginning root, Way way) {
    Beginning at = root;
    for (int entered : way.entered()) {
      at = at.longer.computeIfAbsent(entered, _ -> new Beginning());
      at.ways++;
    }
  }

  private void addWord(Beginning root, Way way) {
    Beginning at = root;
    List<Integer> rest = way.entered();
    while (true) {
      int entered = rest.getFirst();
      Beginning next = at.longer.get(entered);
      if (next == null) {
        throw new IllegalStateException("a way that was not counted: " + way);
      }
      if (next.ways == 1 || rest.size() == 1) {
        arc(at.state, ending(rest), entered, way.word(), 0);
        return;
      }
      if (next.state < 0) {
        next.state = entered(entered);
        arc(at.state, next.state, entered, 0, 0);
      }
      at = next;
      rest = rest.subList(1, rest.size());
    }
  }

  /// Adds a word of any two phones or more; with fewer, the times of words would be wrong.
  ///
  /// @param phones how many the model has, silence included
  /// @param cost of each phone
  void addUnknown(int word, int phones, double cost) {
    int hub = states++;
    for (int phone = 1; phone < phones; phone++) {
      int begin = Phones.entering(phone, Phones.Place.BEGIN);
      int inside = Phones.entering(phone, Phones.Place.INSIDE);
      int end = Phones.entering(phone, Phones.Place.END);
      int first = entered(begin);
      int further = entered(inside);
      arc(LOOP, first, begin, word, cost);
      arc(first, hub, 0, 0, 0);
      arc(hub, further, inside, 0, cost);
      arc(further, hub, 0, 0, 0);
      arc(hub, ending(List.of(end)), end, 0, cost);
    }
  }

  /// The state that has entered the first of `rest` and has the others before it.
  private int ending(List<Integer> rest) {
    Integer known = endings.get(rest);
    if (known != null) {
      return known;
    }
    int state = entered(rest.getFirst());
    endings.put(List.copyOf(rest), state);
    if (rest.size() > 1) {
      List<Integer> further = rest.subList(1, rest.size());
      arc(state, ending(further), further.getFirst(), 0, 0);
    } else {
      arc(state, LOOP, 0, 0, HALF);
      arc(state, PAUSE, Phones.SILENCE_ENTERED, 0, HALF);
    }
    return state;
  }

  private int entered(int transition) {
    int state = states++;
    arc(state, state, Phones.staying(transition), 0, 0);
    return state;
  }

  private void arc(int from, int to, int given, int word, double cost) {
    arcs.append(from)
        .append(' ')
        .append(to)
        .append(' ')
        .append(given)
        .append(' ')
        .append(word)
        .append(' ')
        .append(Costs.text(cost, 6))
        .append('\n');
  }

  int states() {
    return states;
  }

  /// The text for `fstcompile`.
  String text() {
    return arcs + "" + LOOP + " 0\n";
  }
}
