package kz.qonyrau.speech.vosk;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The word list that may stand at the beginning of an automaton of OpenFst's: the symbols of what
/// it says. Numbers are little-endian; a text stands behind its length in 4 bytes.
///
/// The header: mark, kind, arc kind, version (4 bytes), flags (4), properties (8), start (8),
/// states (8), arcs (8); then the symbols of what is given, if flag 1 is set, and those of what is
/// said, if flag 2 is. A list of symbols: mark, name, next free key (8), size (8), and as many
/// pairs of a text and its key (8).
final class SymbolTable {

  private static final int GRAPH = 2125659606;
  private static final int SYMBOLS = 2125658996;
  private static final int GIVEN = 1;
  private static final int SAID = 2;
  private static final int LONGEST_TEXT = 4096;
  private static final long MOST_SYMBOLS = 20_000_000;

  private final InputStream in;

  private SymbolTable(InputStream in) {
    this.in = in;
  }

  /// The words in a graph; empty if it has none inside.
  ///
  /// @throws ModelUnusableException if the file is damaged
  static Optional<List<String>> inside(Path graph) {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(graph), 1 << 16)) {
      return new SymbolTable(in).said();
    } catch (CharacterCodingException e) {
      throw new ModelUnusableException(graph + ": a word in it is not UTF-8", e);
    } catch (EOFException e) {
      throw new ModelUnusableException(graph + " is damaged: it was cut off", e);
    } catch (IOException e) {
      throw new ModelUnusableException(graph + " is damaged: " + e.getMessage(), e);
    }
  }

  private Optional<List<String>> said() throws IOException {
    require(number4() == GRAPH, "it is no automaton");
    var _ = text();
    var _ = text();
    skip(4);
    int flags = number4();
    skip(32);
    if ((flags & GIVEN) != 0) {
      var _ = symbols();
    }
    return (flags & SAID) != 0 ? Optional.of(symbols()) : Optional.empty();
  }

  private List<String> symbols() throws IOException {
    require(number4() == SYMBOLS, "it has no list of words where one should be");
    var _ = text();
    skip(8);
    long size = number8();
    require(size >= 0 && size <= MOST_SYMBOLS, "it claims to have " + size + " words");
    List<String> symbols = new ArrayList<>();
    for (long i = 0; i < size; i++) {
      symbols.add(text());
      skip(8);
    }
    return symbols;
  }

  private static void require(boolean holds, String otherwise) throws IOException {
    if (!holds) {
      throw new IOException(otherwise);
    }
  }

  private String text() throws IOException {
    int length = number4();
    require(length >= 0 && length <= LONGEST_TEXT, "it has a text of " + length + " bytes");
    return StandardCharsets.UTF_8.newDecoder().decode(bytes(length)).toString();
  }

  private int number4() throws IOException {
    return bytes(4).getInt();
  }

  private long number8() throws IOException {
    return bytes(8).getLong();
  }

  private void skip(int count) throws IOException {
    var _ = bytes(count);
  }

  private ByteBuffer bytes(int count) throws IOException {
    byte[] bytes = in.readNBytes(count);
    if (bytes.length < count) {
      throw new EOFException();
    }
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
