package kz.qonyrau.campaigns;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/// The rows of a sheet of a workbook, as a person sees them: dates as dates, results instead of
/// formulas. Lines are the sheet's own numbers of rows.
final class SheetRows implements UploadRows {

  /// Cells beyond it are kept as one, so that it shows that there are too many.
  private static final int MOST_CELLS = ImportOptions.MOST_COLUMNS + 50;

  private static final int LAST_COLUMN = 16_384;
  private static final int LAST_ROW = 1_048_576;

  /// Told how many bytes of the sheet were read.
  interface Progress {
    void read(long bytes);
  }

  private final XmlPart part;
  private final List<String> texts;
  private final DateStyles dates;
  private final Progress progress;
  private long line;
  private boolean over;

  SheetRows(XmlPart part, List<String> texts, DateStyles dates, Progress progress) {
    this.part = part;
    this.texts = texts;
    this.dates = dates;
    this.progress = progress;
  }

  @Override
  public long linesRead() {
    return line;
  }

  @Override
  public Optional<Row> next() throws IOException {
    while (!over) {
      switch (part.next()) {
        case XMLStreamConstants.START_ELEMENT -> {
          if (part.is("row")) {
            Optional<Row> row = row();
            progress.read(part.bytesRead());
            if (row.isPresent()) {
              return row;
            }
          }
        }
        case XMLStreamConstants.END_ELEMENT -> over = part.is("sheetData");
        case XMLStreamConstants.END_DOCUMENT -> over = true;
        default -> {}
      }
    }
    return Optional.empty();
  }

  /// @return empty if there is nothing in it
  private Optional<Row> row() throws IOException {
    long named =
        XmlPart.number(part.attributes().getAttributeValue(null, "r"))
            .filter(number -> number <= LAST_ROW)
            .orElse(0);
    line = named > line ? named : line + 1;
    List<String> cells = new ArrayList<>();
    int column = 0;
    while (true) {
      switch (part.next()) {
        case XMLStreamConstants.START_ELEMENT -> {
          if (part.is("c")) {
            column = column(part.attributes().getAttributeValue(null, "r"), column);
            String text = cell();
            column++;
            if (!text.isEmpty()) {
              put(cells, Math.min(column, MOST_CELLS) - 1, text);
            }
          }
        }
        case XMLStreamConstants.END_ELEMENT -> {
          if (part.is("row")) {
            return cells.isEmpty() ? Optional.empty() : Optional.of(checked(cells));
          }
        }
        case XMLStreamConstants.END_DOCUMENT ->
            throw UnreadableUploadException.broken("a sheet of it ends in the middle");
        default -> {}
      }
    }
  }

  private static void put(List<String> cells, int index, String text) {
    while (cells.size() < index) {
      cells.add("");
    }
    if (cells.size() == index) {
      cells.add(text);
    }
  }

  /// The column that a cell names, counted from 0, or the next one.
  private static int column(@Nullable String place, int next) throws UnreadableUploadException {
    if (place == null) {
      return next;
    }
    int column = 0;
    for (int i = 0; i < place.length() && place.charAt(i) >= 'A' && place.charAt(i) <= 'Z'; i++) {
      column = 26 * column + place.charAt(i) - 'A' + 1;
      if (column > LAST_COLUMN) {
        throw UnreadableUploadException.broken("a cell of it stands where no column is");
      }
    }
    return column > next ? column - 1 : next;
  }

  private String cell() throws IOException {
    XMLStreamReader at = part.attributes();
    String type = at.getAttributeValue(null, "t");
    int style = XmlPart.number(at.getAttributeValue(null, "s")).orElse(-1);
    StringBuilder value = new StringBuilder();
    String inline = "";
    boolean inValue = false;
    while (true) {
      switch (part.next()) {
        case XMLStreamConstants.START_ELEMENT -> {
          inValue = part.is("v");
          if (part.is("is")) {
            inline = part.textWithin("is");
          }
        }
        case XMLStreamConstants.END_ELEMENT -> {
          if (part.is("c")) {
            return text(type, style, value.toString(), inline);
          }
          inValue = false;
        }
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE -> {
          if (inValue) {
            part.append(value);
          }
        }
        case XMLStreamConstants.END_DOCUMENT ->
            throw UnreadableUploadException.broken("a sheet of it ends in the middle");
        default -> {}
      }
    }
  }

  private String text(@Nullable String type, int style, String value, String inline)
      throws UnreadableUploadException {
    return switch (type == null ? "n" : type) {
      case "s" -> shared(value);
      case "inlineStr" -> Workbook.decoded(inline);
      case "str" -> Workbook.decoded(value);
      case "b" -> value.equals("1") ? "TRUE" : value.equals("0") ? "FALSE" : value;
      case "n" -> value.isEmpty() ? "" : dates.shown(value.strip(), style);
      default -> value;
    };
  }

  private String shared(String number) throws UnreadableUploadException {
    int index = XmlPart.number(number.strip()).orElse(Integer.MAX_VALUE);
    if (index >= texts.size()) {
      throw UnreadableUploadException.broken("a cell of it refers to a text that is not there");
    }
    return texts.get(index);
  }

  private Row checked(List<String> cells) {
    String text = CsvRows.shown(String.join("; ", cells));
    if (cells.stream().mapToLong(String::length).sum() > CsvRows.LONGEST_ROW) {
      return new Row.Broken(
          line,
          text,
          RejectCode.LINE_TOO_LONG,
          "The row is longer than " + CsvRows.LONGEST_ROW + " characters.");
    }
    for (String cell : cells) {
      for (int i = 0; i < cell.length(); i++) {
        char c = cell.charAt(i);
        if (c < ' ' && c != '\t' && c != '\n' && c != '\r') {
          return new Row.Broken(
              line,
              text,
              RejectCode.CONTROL_CHARACTER,
              "The row holds a character that is not text: U+%04X.".formatted((int) c));
        }
      }
    }
    return new Row.Cells(
        line, text, cells.stream().map(cell -> cell.replace("\r\n", "\n")).toList());
  }

  @Override
  public void close() throws IOException {
    part.close();
  }
}
