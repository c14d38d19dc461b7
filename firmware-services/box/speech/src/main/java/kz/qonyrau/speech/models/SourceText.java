package kz.qonyrau.speech.models;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;

/// One of the text files that a graph is made of: UTF-8, lines that end in `\n`, plain or packed by
/// gzip. It came with somebody's model, so that its size is bounded and every complaint names its
/// line.
///
/// @param file where it was read
/// @param lines without their ends; a final empty line is not one
record SourceText(Path file, List<String> lines) {

  private static final int MOST_BYTES = 512 << 20;

  SourceText {
    lines = List.copyOf(lines);
  }

  /// Reads `name` or, if there is none, `name.gz` in a directory.
  ///
  /// @throws ModelRefusedException if there is neither, or it is not such a text
  static SourceText read(Path directory, String name) {
    Path plain = directory.resolve(name);
    if (Files.isRegularFile(plain)) {
      return read(plain);
    }
    Path packed = directory.resolve(name + ".gz");
    if (!Files.isRegularFile(packed)) {
      throw refused(directory + " lacks " + name + " (or " + name + ".gz)");
    }
    return read(packed);
  }

  /// Reads a file, unpacked if its name ends in `.gz`.
  ///
  /// @throws ModelRefusedException if it is not such a text
  static SourceText read(Path file) {
    return read(file, MOST_BYTES);
  }

  static SourceText read(Path file, int mostBytes) {
    byte[] bytes;
    boolean packed = file.toString().endsWith(".gz");
    try (InputStream raw = Files.newInputStream(file);
        InputStream in = packed ? new GZIPInputStream(raw) : raw) {
      bytes = in.readNBytes(mostBytes + 1);
    } catch (IOException e) {
      throw new ModelRefusedException(
          ModelFault.BAD_SOURCES, "cannot read " + file + ": " + e.getMessage(), e);
    }
    if (bytes.length > mostBytes) {
      throw refused(file + " holds more than " + mostBytes + " bytes of text");
    }
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return new SourceText(file, split(text));
    } catch (CharacterCodingException e) {
      throw new ModelRefusedException(ModelFault.BAD_SOURCES, file + " is not UTF-8", e);
    }
  }

  // Not String.lines(), which takes a carriage return for an end of line, too.
  private static List<String> split(String text) {
    String whole = text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    return whole.isEmpty() ? List.of() : List.of(whole.split("\n", -1));
  }

  /// A complaint about a line.
  ///
  /// @param number of the line, from 1
  ModelRefusedException wrong(int number, String why) {
    return refused(file + ", line " + number + ": " + why);
  }

  /// A complaint about the whole.
  ModelRefusedException wrong(String why) {
    return refused(file + ": " + why);
  }

  /// A piece of the text as it may stand in a message.
  static String shortened(String text) {
    String printable = text.replaceAll("\\p{Cntrl}", "?");
    return printable.length() > 60 ? printable.substring(0, 60) + "…" : printable;
  }

  private static ModelRefusedException refused(String why) {
    return new ModelRefusedException(ModelFault.BAD_SOURCES, why);
  }
}
