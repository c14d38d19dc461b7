package kz.qonyrau.speech.models;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("AC-STT-01")
class HclGraphTest {

  private static final int LOOP = 1;

  private record Arc(int to, int given, int word) {}

  /// Phone A, number 1, is entered by 4, 6, 8 and 10 in its four places, B by 12, 14, 16 and 18.
  @Test
  void isMadeAsTheRecipeSays() {
    HclGraph graph = new HclGraph();
    Phones phones = phones("SIL", "A", "B");

    graph.addWords(
        List.of(
            new HclGraph.Way(1, phones.way(List.of("A", "B"))),
            new HclGraph.Way(2, phones.way(List.of("A")))));
    graph.addUnknown(3, 3, 2.5);

    assertThat(graph.text())
        .isEqualTo(
            """
            0 1 0 0 0.693
            0 2 2 0 0.693
            2 2 1 0 0
            2 1 0 0 0
            3 3 3 0 0
            4 4 15 0 0
            4 1 0 0 0.693
            4 2 2 0 0.693
            3 4 16 0 0
            1 3 4 1 0
            5 5 9 0 0
            5 1 0 0 0.693
            5 2 2 0 0.693
            1 5 10 2 0
            7 7 3 0 0
            8 8 5 0 0
            1 7 4 3 2.5
            7 6 0 0 0
            6 8 6 0 2.5
            8 6 0 0 0
            9 9 7 0 0
            9 1 0 0 0.693
            9 2 2 0 0.693
            6 9 8 0 2.5
            10 10 11 0 0
            11 11 13 0 0
            1 10 12 3 2.5
            10 6 0 0 0
            6 11 14 0 2.5
            11 6 0 0 0
            6 4 16 0 2.5
            1 0
            """);
    assertThat(graph.states()).isEqualTo(12);
  }

  @Test
  void wordsThatSoundAlikeAreBothSaid() {
    HclGraph graph = new HclGraph();
    List<Integer> way = phones("SIL", "A", "B").way(List.of("A", "B"));

    graph.addWords(List.of(new HclGraph.Way(1, way), new HclGraph.Way(2, way)));

    assertThat(heard(arcs(graph), way)).containsExactlyInAnyOrder(1, 2);
  }

  @Test
  void wordsShareTheirEndings() {
    Phones phones = phones("SIL", "A", "B", "C");
    HclGraph apart = new HclGraph();
    apart.addWords(List.of(new HclGraph.Way(1, phones.way(List.of("A", "C", "B", "C")))));
    int alone = apart.states();

    HclGraph both = new HclGraph();
    both.addWords(
        List.of(
            new HclGraph.Way(1, phones.way(List.of("A", "C", "B", "C"))),
            new HclGraph.Way(2, phones.way(List.of("B", "C", "B", "C")))));

    assertThat(both.states()).isEqualTo(alone + 1);
  }

  @Test
  void anythingOfTwoPhonesIsUnknownAndNothingShorter() {
    Phones phones = phones("SIL", "A", "B", "C");
    HclGraph graph = new HclGraph();
    graph.addWords(List.of(new HclGraph.Way(1, phones.way(List.of("A")))));
    graph.addUnknown(2, phones.count(), 1);
    Map<Integer, List<Arc>> arcs = arcs(graph);

    assertThat(heard(arcs, phones.way(List.of("B", "A")))).containsExactly(2);
    assertThat(heard(arcs, phones.way(List.of("C", "B", "B", "A", "C")))).containsExactly(2);
    assertThat(heard(arcs, phones.way(List.of("A")))).containsExactly(1);
    assertThat(heard(arcs, phones.way(List.of("B")))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void everyPronunciationLeadsToItsWordsAndNothingElseToAny(long seed) {
    Random random = new Random(seed);
    Phones phones = phones("SIL", "A", "B", "C");
    Map<List<Integer>, Set<Integer>> words = new LinkedHashMap<>();
    List<HclGraph.Way> ways = new ArrayList<>();
    for (int i = 0; i < 150; i++) {
      int word = 1 + random.nextInt(100);
      List<Integer> way = phones.way(randomPhones(random));
      words.computeIfAbsent(way, _ -> new HashSet<>()).add(word);
      ways.add(new HclGraph.Way(word, way));
    }
    HclGraph graph = new HclGraph();

    graph.addWords(ways);

    Map<Integer, List<Arc>> arcs = arcs(graph);
    words.forEach((way, expected) ->
        assertThat(heard(arcs, way)).as("%s", way).containsExactlyInAnyOrderElementsOf(expected));
    for (int i = 0; i < 300; i++) {
      List<Integer> way = phones.way(randomPhones(random));
      assertThat(heard(arcs, way)).isEqualTo(words.getOrDefault(way, Set.of()));
    }
  }

  private static List<String> randomPhones(Random random) {
    List<String> phones = new ArrayList<>();
    int length = 1 + random.nextInt(5);
    for (int i = 0; i < length; i++) {
      phones.add(List.of("A", "B", "C").get(random.nextInt(3)));
    }
    return phones;
  }

  /// The words with which a way leads from between words to between words, each phone being held
  /// for a while.
  private static Set<Integer> heard(Map<Integer, List<Arc>> arcs, List<Integer> way) {
    record At(int state, int word) {}

    Set<At> now = Set.of(new At(LOOP, 0));
    boolean first = true;
    for (int entered : way) {
      Set<At> from = first ? now : new HashSet<>(now);
      if (!first) {
        now.forEach(at ->
            silentArcs(arcs, at.state())
                .filter(arc -> arc.to() != LOOP)
                .forEach(arc -> from.add(new At(arc.to(), at.word()))));
      }
      Set<At> next = new HashSet<>();
      for (At at : from) {
        for (Arc arc : arcs.getOrDefault(at.state(), List.of())) {
          if (arc.given() == entered && arc.to() != at.state()) {
            assertThat(at.word() == 0 || arc.word() == 0).as("one word a way").isTrue();
            assertThat(arcs.get(arc.to()))
                .as("a phone can be held")
                .contains(new Arc(arc.to(), Phones.staying(entered), 0));
            next.add(new At(arc.to(), at.word() + arc.word()));
          }
        }
      }
      now = next;
      first = false;
    }
    Set<Integer> words = new HashSet<>();
    for (At at : now) {
      if (silentArcs(arcs, at.state()).anyMatch(arc -> arc.to() == LOOP)) {
        words.add(at.word());
      }
    }
    return words;
  }

  private static java.util.stream.Stream<Arc> silentArcs(Map<Integer, List<Arc>> arcs, int state) {
    return arcs.getOrDefault(state, List.of()).stream().filter(arc -> arc.given() == 0);
  }

  private static Map<Integer, List<Arc>> arcs(HclGraph graph) {
    Map<Integer, List<Arc>> arcs = new HashMap<>();
    for (String line : graph.text().lines().toList()) {
      String[] fields = line.split(" ", -1);
      if (fields.length == 5) {
        arcs.computeIfAbsent(Integer.valueOf(fields[0]), _ -> new ArrayList<>())
            .add(
                new Arc(
                    Integer.parseInt(fields[1]),
                    Integer.parseInt(fields[2]),
                    Integer.parseInt(fields[3])));
      } else {
        assertThat(line).isEqualTo(LOOP + " 0");
      }
    }
    return arcs;
  }

  static Phones phones(String... names) {
    return Phones.read(new SourceText(Path.of("phones.txt"), List.of(names)));
  }
}
