package kz.qonyrau.speech.models;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Makes the `graph/` of a Vosk model out of phones, a lexicon and a language model, without
/// training anything: seconds for fifty thousand words. Works with the programs of Debian's package
/// `libfst-tools`.
///
/// The graph is of the dynamic kind, which takes phrase lists while it runs. The pseudo-word
/// `[unk]` is any two phones or more; it is for phrase lists only and never in the language model,
/// where it would swallow speech and processor time.
final class GraphBuilder {

  /// What is heard in place of a word that is not in a phrase list.
  static final String UNKNOWN = "[unk]";

  /// The range of what a phone of an unknown word may cost.
  static final double LEAST_UNKNOWN_COST = 0;

  static final double MOST_UNKNOWN_COST = 50;

  private final OpenFst openFst;

  GraphBuilder(OpenFst openFst) {
    this.openFst = openFst;
  }

  /// Builds a graph. Blocks for as long as it takes. What is written goes into a directory beside
  /// `graph` that gets its name at the end; after a failure neither is there.
  ///
  /// @param unknownCost of each phone of an unknown word, natural logarithm, 0 to 50; the higher,
  ///   the less is taken for unknown
  /// @param graph must not exist
  /// @throws ModelRefusedException if OpenFst is missing or fails, or no word of the language model
  ///   is in the lexicon
  /// @throws IOException if the files cannot be written
  void build(Phones phones, Lexicon lexicon, Arpa model, double unknownCost, Path graph)
      throws IOException, InterruptedException {
    if (!(unknownCost >= LEAST_UNKNOWN_COST && unknownCost <= MOST_UNKNOWN_COST)) {
      throw new IllegalArgumentException("a cost from 0 to 50, not " + unknownCost);
    }
    if (Files.exists(graph)) {
      throw new IllegalArgumentException("there is something already: " + graph);
    }
    Path part = graph.resolveSibling(graph.getFileName() + ".part");
    Trees.delete(part);
    try {
      Files.createDirectories(part.resolve("phones"));
      Map<String, Integer> ids = writeWords(phones, lexicon, unknownCost, part);
      writeGrammar(model, ids, part);
      Files.write(part.resolve("disambig_tid.int"), new byte[0]);
      Files.write(part.resolve("phones/word_boundary.int"), phones.boundaries());
      Files.move(part, graph, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Trees.delete(part);
    }
  }

  /// Writes `HCLr.fst` and `words.txt`, and returns the numbers that the words have there.
  private Map<String, Integer> writeWords(
      Phones phones, Lexicon lexicon, double unknownCost, Path part)
      throws IOException, InterruptedException {
    Map<String, Integer> ids = new HashMap<>();
    lexicon.sortedWords().forEach(word -> ids.put(word, ids.size() + 1));
    HclGraph hcl = new HclGraph();
    hcl.addWords(ways(lexicon, phones, ids));
    int unknown = ids.size() + 1;
    hcl.addUnknown(unknown, phones.count(), unknownCost);
    ids.put(UNKNOWN, unknown);

    Path text = part.resolve("HCL.txt");
    Path raw = part.resolve("HCL.raw");
    Path sorted = part.resolve("HCL.fst");
    Path pairs = part.resolve("relabel");
    Files.writeString(text, hcl.text());
    openFst.compile(text, raw);
    openFst.sort("olabel", raw, sorted);
    openFst.convertForLookahead(sorted, part.resolve("HCLr.fst"), pairs);
    Map<String, Integer> renamed = renamed(ids, Files.readAllLines(pairs));
    for (Path scratch : List.of(text, raw, sorted, pairs)) {
      Files.delete(scratch);
    }
    writeList(renamed, part.resolve("words.txt"));
    return renamed;
  }

  private static List<HclGraph.Way> ways(Lexicon lexicon, Phones phones, Map<String, Integer> ids) {
    List<HclGraph.Way> ways = new ArrayList<>();
    for (Pronunciation way : lexicon.ways()) {
      Integer id = ids.get(way.word());
      if (id != null) {
        ways.add(new HclGraph.Way(id, phones.way(way.phones())));
      }
    }
    return ways;
  }

  /// The words with the numbers that the graph has now; phrase lists and G must use these.
  private static Map<String, Integer> renamed(Map<String, Integer> ids, List<String> pairs) {
    Map<Integer, Integer> byOld = new HashMap<>();
    for (String pair : pairs) {
      String[] both = pair.strip().split("\\s+", -1);
      byOld.put(Integer.valueOf(both[0]), Integer.valueOf(both[1]));
    }
    Map<String, Integer> renamed = new HashMap<>();
    ids.forEach((word, old) -> {
      Integer fresh = byOld.get(old);
      if (fresh == null) {
        throw new ModelRefusedException(
            ModelFault.TOOL_FAILED, "fstconvert lost the word '" + word + "'");
      }
      renamed.put(word, fresh);
    });
    return renamed;
  }

  private static void writeList(Map<String, Integer> ids, Path file) throws IOException {
    List<Map.Entry<String, Integer>> byNumber = new ArrayList<>(ids.entrySet());
    byNumber.sort(Map.Entry.comparingByValue());
    try (BufferedWriter list = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
      list.write("<eps> 0\n");
      for (Map.Entry<String, Integer> word : byNumber) {
        list.write(word.getKey() + " " + word.getValue() + "\n");
      }
    }
  }

  private void writeGrammar(Arpa model, Map<String, Integer> ids, Path part)
      throws IOException, InterruptedException {
    Map<String, Integer> known = new HashMap<>(ids);
    known.remove(UNKNOWN);
    if (model.grams().keySet().stream()
        .noneMatch(words -> words.size() == 1 && known.containsKey(words.getFirst()))) {
      throw new ModelRefusedException(
          ModelFault.BAD_SOURCES, "no word of the language model is in the lexicon");
    }
    Path text = part.resolve("G.txt");
    Path raw = part.resolve("G.raw");
    Path sorted = part.resolve("G.fst");
    Files.writeString(text, new GrammarGraph(model, known).text());
    openFst.compile(text, raw);
    openFst.sort("ilabel", raw, sorted);
    openFst.convert("const", sorted, part.resolve("Gr.fst"));
    for (Path scratch : List.of(text, raw, sorted)) {
      Files.delete(scratch);
    }
  }
}
