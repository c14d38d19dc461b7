package kz.qonyrau.campaigns;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvReader.CsvReaderBuilder;
import de.siegmar.fastcsv.reader.StringArrayHandler;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The rows of an upload, one after the other, in memory that does not depend on the file.
///
/// Lines end with LF, CR LF or CR. A quoted cell may span lines, but not without end: a quotation
/// mark that is not closed within [#MOST_LINES_OF_A_ROW] lines spoils its own row only, and reading
/// goes on with the next line. So does a line that is too long for a row. Empty lines are left out.
///
/// Confined to one thread.
final class CsvRows implements UploadRows {

  static final int LONGEST_ROW = 64 * 1024;
  static final int MOST_LINES_OF_A_ROW = 50;
  private static final int SHOWN = 200;

  private final Reader reader;
  private final char delimiter;
  private final CsvReaderBuilder parser;
  private final char[] buffer = new char[8192];
  private int at;
  private int filled;
  private boolean skipLineFeed;
  private long linesRead;
  private final Deque<Line> putBack = new ArrayDeque<>();

  /// @param text null if the line was too long; `beginning` then has its first characters
  private record Line(long number, @Nullable String text, String beginning) {}

  CsvRows(Reader reader, Delimiter delimiter) {
    this.reader = reader;
    this.delimiter = delimiter.character();
    this.parser =
        CsvReader.builder()
            .fieldSeparator(delimiter.character())
            .quoteCharacter('"')
            .skipEmptyLines(false)
            .maxBufferSize(2 * LONGEST_ROW);
  }

  @Override
  public long linesRead() {
    return linesRead;
  }

  @Override
  public Optional<Row> next() throws IOException {
    while (true) {
      Line first = nextLine();
      if (first == null) {
        return Optional.empty();
      }
      String text = first.text;
      if (text == null) {
        return Optional.of(
            new Row.Broken(
                first.number,
                shown(first.beginning),
                RejectCode.LINE_TOO_LONG,
                "The line is longer than " + LONGEST_ROW + " characters."));
      }
      if (!text.isBlank()) {
        return Optional.of(rowFrom(first.number, text));
      }
    }
  }

  private Row rowFrom(long number, String first) throws IOException {
    if (!leavesQuoteOpen(first, false)) {
      return parsed(number, first);
    }
    StringBuilder row = new StringBuilder(first);
    Deque<Line> taken = new ArrayDeque<>();
    boolean open = true;
    while (open && taken.size() < MOST_LINES_OF_A_ROW - 1) {
      Line further = nextLine();
      if (further == null) {
        break;
      }
      taken.addLast(further);
      if (further.text == null || row.length() + further.text.length() > LONGEST_ROW) {
        break;
      }
      row.append('\n').append(further.text);
      open = leavesQuoteOpen(further.text, true);
    }
    if (!open) {
      return parsed(number, row.toString());
    }
    // The mark was never closed, so the lines after it are rows of their own.
    while (!taken.isEmpty()) {
      putBack.addFirst(taken.removeLast());
    }
    return new Row.Broken(
        number,
        shown(first),
        RejectCode.UNBALANCED_QUOTES,
        "A quotation mark opens on this line and does not close.");
  }

  private boolean leavesQuoteOpen(String text, boolean wasOpen) {
    boolean quoted = wasOpen;
    boolean cellStarts = !wasOpen;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quoted) {
        if (c == '"') {
          if (i + 1 < text.length() && text.charAt(i + 1) == '"') {
            i++;
          } else {
            quoted = false;
          }
        }
      } else if (c == delimiter) {
        cellStarts = true;
      } else {
        quoted = cellStarts && c == '"';
        cellStarts = false;
      }
    }
    return quoted;
  }

  private Row parsed(long number, String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\uFFFD') {
        return new Row.Broken(
            number,
            shown(text),
            RejectCode.BAD_ENCODING,
            "Some bytes of the row are no letters in the encoding chosen for the file.");
      }
      if (c < ' ' && c != '\t' && c != '\n') {
        return new Row.Broken(
            number,
            shown(text),
            RejectCode.CONTROL_CHARACTER,
            "The row holds a character that is not text: U+%04X.".formatted((int) c));
      }
    }
    try {
      String[] cells = parser.ofSingleCsvRecord(StringArrayHandler.of(), text);
      return new Row.Cells(number, shown(text), List.of(cells));
    } catch (CsvParseException _) {
      return new Row.Broken(
          number,
          shown(text),
          RejectCode.UNBALANCED_QUOTES,
          "A quotation mark closes in the middle of a cell.");
    }
  }

  static String shown(String text) {
    int length = Math.min(text.length(), SHOWN);
    if (length < text.length() && Character.isHighSurrogate(text.charAt(length - 1))) {
      length--;
    }
    StringBuilder clean = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      clean.append(c < ' ' && c != '\t' ? '\u2423' : c);
    }
    return clean.toString();
  }

  private @Nullable Line nextLine() throws IOException {
    Line back = putBack.pollFirst();
    if (back != null) {
      return back;
    }
    StringBuilder line = new StringBuilder();
    boolean tooLong = false;
    boolean any = false;
    while (true) {
      if (at == filled) {
        filled = reader.read(buffer, 0, buffer.length);
        at = 0;
        if (filled < 0) {
          filled = 0;
          if (!any) {
            return null;
          }
          break;
        }
      }
      char c = buffer[at++];
      if (skipLineFeed) {
        skipLineFeed = false;
        if (c == '\n') {
          continue;
        }
      }
      any = true;
      if (c == '\r' || c == '\n') {
        skipLineFeed = c == '\r';
        break;
      }
      if (line.length() < LONGEST_ROW) {
        line.append(c);
      } else {
        tooLong = true;
      }
    }
    linesRead++;
    String text = line.toString();
    return tooLong
        ? new Line(linesRead, null, text.substring(0, SHOWN))
        : new Line(linesRead, text, text);
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
