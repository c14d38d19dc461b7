package kz.qonyrau.speech.models;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// G, the automaton of sentences, as text for OpenFst.
///
/// Its states are the histories of a language model, the empty one included. A sequence of words is
/// an arc to the longest end of it that is a history; a back-off weight is an arc that says
/// nothing, to the longest shorter history; `</s>` makes a history an end.
final class GrammarGraph {

  private static final int DIGITS = 5;

  private final Arpa model;
  private final Map<String, Integer> ids;
  private final Map<List<String>, Integer> states = new HashMap<>();
  private final Map<Integer, List<String>> lines = new LinkedHashMap<>();

  /// @param ids the words that the automaton may hold; sequences with other words are left out
  GrammarGraph(Arpa model, Map<String, Integer> ids) {
    this.model = model;
    this.ids = ids;
  }

  /// The text for `fstcompile`, the initial state's arcs first.
  String text() {
    state(List.of());
    model
        .grams()
        .forEach((words, gram) -> {
          if (gram.backOff() != null && isSayable(words)) {
            state(words);
          }
        });
    model
        .grams()
        .forEach((words, gram) -> {
          if (isSayable(words)) {
            add(words, gram);
          }
        });
    int first = states.getOrDefault(List.of(Arpa.BEGIN), 0);
    StringBuilder text = new StringBuilder();
    append(text, lines.getOrDefault(first, List.of()));
    lines.forEach((state, some) -> {
      if (state != first) {
        append(text, some);
      }
    });
    return text.toString();
  }

  private static void append(StringBuilder text, List<String> lines) {
    lines.forEach(line -> text.append(line).append('\n'));
  }

  private void state(List<String> words) {
    int state = states.size();
    states.put(words, state);
    lines.put(state, new ArrayList<>());
  }

  private boolean isSayable(List<String> words) {
    return words.stream()
        .allMatch(
            word -> ids.containsKey(word) || word.equals(Arpa.BEGIN) || word.equals(Arpa.END));
  }

  private void add(List<String> words, Arpa.Gram gram) {
    String last = words.getLast();
    int history = stateOf(words.subList(0, words.size() - 1));
    String cost = Costs.text(Costs.ofLog10(gram.log10()), DIGITS);
    if (last.equals(Arpa.END)) {
      write(history, history + " " + cost);
    } else if (!last.equals(Arpa.BEGIN)) {
      int id = id(last);
      write(history, history + " " + longest(words, 0) + " " + id + " " + id + " " + cost);
    }
    Double backOff = gram.backOff();
    if (backOff != null) {
      int state = stateOf(words);
      String back = Costs.text(Costs.ofLog10(backOff), DIGITS);
      write(state, state + " " + longest(words, 1) + " 0 0 " + back);
    }
  }

  private void write(int state, String line) {
    List<String> of = lines.get(state);
    if (of == null) {
      throw new IllegalStateException("no state " + state);
    }
    of.add(line);
  }

  /// The state of the longest end of `words`, of those that begin at `from` or later.
  private int longest(List<String> words, int from) {
    for (int start = from; start < words.size(); start++) {
      Integer state = states.get(words.subList(start, words.size()));
      if (state != null) {
        return state;
      }
    }
    return 0;
  }

  private int stateOf(List<String> history) {
    Integer state = states.get(history);
    if (state == null) {
      throw new IllegalStateException("not a history: " + history);
    }
    return state;
  }

  private int id(String word) {
    Integer id = ids.get(word);
    if (id == null) {
      throw new IllegalStateException("a word without a number: " + word);
    }
    return id;
  }
}
