package kz.qonyrau.speech.models;

import java.nio.file.Files;
import java.nio.file.Path;

/// What a model's graph was made of, from the directory `lm/` in the model: see the package's
/// description for the files.
///
/// @param unknownCost what each phone of an unknown word costs
record ModelSources(
    Phones phones, Lexicon lexicon, Arpa language, PhonemeTable phonemes, double unknownCost) {

  static final String DIRECTORY = "lm";
  static final String MISSING = "it has no directory lm with its sources";

  private static final double USUAL_UNKNOWN_COST = 2.5;
  private static final String COST = "--unk-cost=";

  /// Reads the sources of a model.
  ///
  /// @throws ModelRefusedException naming the file, and the line, that is missing or wrong
  static ModelSources read(Path model) {
    Path lm = model.resolve(DIRECTORY);
    if (!Files.isDirectory(lm)) {
      throw new ModelRefusedException(
          ModelFault.BAD_SOURCES, "words cannot be added to this model: " + MISSING);
    }
    Phones phones = Phones.read(SourceText.read(lm, "phones.txt"));
    return new ModelSources(
        phones,
        Lexicon.read(SourceText.read(lm, "lexicon.txt"), phones),
        Arpa.read(SourceText.read(lm, "lm.arpa")),
        PhonemeTable.read(SourceText.read(lm, "g2p.tsv"), phones),
        unknownCost(lm.resolve("graph.conf")));
  }

  /// Reads only what tells how words are said.
  ///
  /// @throws ModelRefusedException naming the file, and the line, that is missing or wrong
  static PhonemeTable readPhonemes(Path model) {
    Path lm = model.resolve(DIRECTORY);
    return PhonemeTable.read(
        SourceText.read(lm, "g2p.tsv"), Phones.read(SourceText.read(lm, "phones.txt")));
  }

  private static double unknownCost(Path file) {
    if (!Files.exists(file)) {
      return USUAL_UNKNOWN_COST;
    }
    SourceText text = SourceText.read(file);
    double cost = USUAL_UNKNOWN_COST;
    int number = 0;
    for (String line : text.lines()) {
      number++;
      String value = line.startsWith(COST) ? line.substring(COST.length()) : "";
      if (!value.matches("[0-9]{1,2}(\\.[0-9]{1,6})?")
          || Double.parseDouble(value) > GraphBuilder.MOST_UNKNOWN_COST) {
        throw text.wrong(number, "expected " + COST + " and a number from 0 to 50");
      }
      cost = Double.parseDouble(value);
    }
    return cost;
  }
}
