package kz.qonyrau.speech.piper.worker;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What the program has to know of a voice beside its network. The box writes it from the voice's
/// checked configuration, so that the program needs no library to read it.
///
/// It is UTF-8 text, one fact a line, its parts separated by a TAB: the name and version of the
/// format; `espeak` and espeak-ng's voice; `rate` and the samples per second; `speakers` and their
/// number; `scales` and three numbers; then for each phoneme `id`, its code point in hexadecimal
/// digits, and the numbers that the network has for it.
///
/// @param espeak the voice of espeak-ng that knows how words are said
/// @param samplesPerSecond of what the network gives
/// @param speakers how many voices the network has; the first one speaks
/// @param noise how much the sound varies
/// @param length how slow the voice is; 1 is as it was recorded
/// @param rhythm how much the length of the phonemes varies
/// @param ids by code point
public record VoiceFile(
    String espeak,
    int samplesPerSecond,
    int speakers,
    float noise,
    float length,
    float rhythm,
    Map<Integer, List<Long>> ids) {

  /// Phonemes that every voice has.
  public static final int PAUSE = '_';

  public static final int BEGIN = '^';
  public static final int END = '$';

  private static final String FORMAT = "qonyrau-piper\t1";

  public VoiceFile {
    ids = Map.copyOf(ids);
  }

  /// Writes the file.
  public void write(Path file) throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add(FORMAT);
    lines.add("espeak\t" + espeak);
    lines.add("rate\t" + samplesPerSecond);
    lines.add("speakers\t" + speakers);
    lines.add("scales\t" + noise + "\t" + length + "\t" + rhythm);
    new TreeMap<>(ids)
        .forEach((phoneme, numbers) -> {
          StringBuilder line = new StringBuilder("id\t" + Integer.toHexString(phoneme));
          numbers.forEach(number -> line.append('\t').append(number));
          lines.add(line.toString());
        });
    Files.write(file, lines);
  }

  /// @throws IOException if it cannot be read, or is not such a file
  static VoiceFile read(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
    try {
      if (!lines.getFirst().equals(FORMAT)) {
        throw new IOException(file + " has another format");
      }
      List<String> scales = fields(lines.get(4), "scales");
      Map<Integer, List<Long>> ids = new TreeMap<>();
      for (String line : lines.subList(5, lines.size())) {
        List<String> parts = fields(line, "id");
        ids.put(
            Integer.parseInt(parts.getFirst(), 16),
            parts.stream().skip(1).map(Long::valueOf).toList());
      }
      return new VoiceFile(
          fields(lines.get(1), "espeak").getFirst(),
          Integer.parseInt(fields(lines.get(2), "rate").getFirst()),
          Integer.parseInt(fields(lines.get(3), "speakers").getFirst()),
          Float.parseFloat(scales.get(0)),
          Float.parseFloat(scales.get(1)),
          Float.parseFloat(scales.get(2)),
          ids);
    } catch (RuntimeException damaged) {
      throw new IOException(file + " is damaged", damaged);
    }
  }

  private static List<String> fields(String line, String name) throws IOException {
    List<String> parts = Arrays.asList(line.split("\t", -1));
    if (parts.size() < 2 || !parts.getFirst().equals(name)) {
      throw new IOException("there is no line '" + name + "' where it should be");
    }
    return parts.subList(1, parts.size());
  }

  /// The numbers of a sentence as the network was trained with them: a pause after the beginning
  /// and after each phoneme. What the voice does not know is left out.
  long[] numbers(int[] phonemes) {
    List<Long> numbers = new ArrayList<>();
    numbers.addAll(of(BEGIN));
    numbers.addAll(of(PAUSE));
    for (int phoneme : phonemes) {
      if (ids.containsKey(phoneme)) {
        numbers.addAll(of(phoneme));
        numbers.addAll(of(PAUSE));
      }
    }
    numbers.addAll(of(END));
    return numbers.stream().mapToLong(Long::longValue).toArray();
  }

  private List<Long> of(int phoneme) {
    return ids.getOrDefault(phoneme, List.of());
  }
}
