package kz.qonyrau.campaigns;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import kz.qonyrau.vocabulary.Msisdn;

/// Guesses how an upload is to be read from its first 256 KiB. Nothing is imported.
final class Previewer {

  private static final int SHOWN_ROWS = 20;
  private static final int JUDGED_ROWS = 200;
  private static final int LONGEST_SHOWN_CELL = 200;

  private static final List<String> NUMBER_TITLES =
      List.of(
          "телефон",
          "номер",
          "тел",
          "моб",
          "сотов",
          "phone",
          "mobile",
          "msisdn",
          "cell",
          "tel",
          "number",
          "нөмір",
          "нөмер",
          "ұялы",
          "байланыс",
          "contact_no");

  /// What columns of further numbers are called that do not say what they hold.
  private static final List<String> OTHER_TITLES =
      List.of(
          "доп", "дом", "раб", "друг", "запас", "қосымша", "үй", "жұмыс", "home", "work", "other");

  private static final Preview EMPTY =
      new Preview.Unreadable("EMPTY_FILE", "The file holds no rows.");

  private final KazakhNumbers numbers;

  Previewer(KazakhNumbers numbers) {
    this.numbers = numbers;
  }

  Preview preview(Path file, PreviewWishes wishes) throws IOException {
    byte[] sample = Upload.sample(file);
    if (Upload.isOldWorkbook(sample)) {
      return new Preview.Unreadable(
          "OLD_WORKBOOK",
          "This is a workbook of the old form, or one with a password; save it as .xlsx without a"
              + " password, or its sheet as CSV.");
    }
    if (!Upload.isArchive(sample)) {
      return text(file, sample, wishes);
    }
    try (Workbook workbook = Workbook.open(file)) {
      return sheet(file, workbook, wishes);
    } catch (UnreadableUploadException unreadable) {
      return new Preview.Unreadable(unreadable.code(), unreadable.detail());
    }
  }

  private Preview text(Path file, byte[] sample, PreviewWishes wishes) throws IOException {
    long bytes = Files.size(file);
    TextEncoding encoding = wishes.encoding().orElseGet(() -> Upload.detect(sample));
    String text = Upload.text(sample, encoding);
    if (text.isBlank()) {
      return EMPTY;
    }
    if (wishes.encoding().isEmpty() && !Upload.looksLikeText(text)) {
      return new Preview.Unreadable("NOT_TEXT", "The file is not text.");
    }
    boolean whole = bytes <= sample.length;
    Delimiter delimiter = wishes.delimiter().orElseGet(() -> delimiter(text));
    List<Row> rows = rows(text, delimiter, whole);
    long approximate =
        whole
            ? rows(text, delimiter, true, Integer.MAX_VALUE).size()
            : Math.round((double) bytes / sample.length * text.lines().count());
    UploadForm form = new UploadForm.Text(encoding, delimiter);
    return table(new Look(bytes, form, List.of(), rows, approximate), wishes);
  }

  private Preview sheet(Path file, Workbook workbook, PreviewWishes wishes) throws IOException {
    int sheet = wishes.sheet().orElse(workbook.active());
    List<Row> rows = new ArrayList<>();
    boolean whole;
    AtomicLong read = new AtomicLong();
    try (UploadRows all = workbook.rows(sheet, read)) {
      Optional<Row> row = all.next();
      while (row.isPresent() && rows.size() < JUDGED_ROWS) {
        rows.add(row.get());
        row = all.next();
      }
      whole = row.isEmpty();
    }
    if (rows.isEmpty()) {
      return EMPTY;
    }
    long bytes = Files.size(file);
    long byTheirSize = Math.round((double) rows.size() * bytes / Math.max(1, read.get()));
    long approximate = whole ? rows.size() : workbook.lastRow(sheet).orElse(byTheirSize);
    UploadForm form = new UploadForm.Workbook(sheet);
    return table(new Look(bytes, form, workbook.sheets(), rows, approximate), wishes);
  }

  /// The beginning of an upload.
  private record Look(
      long bytes, UploadForm form, List<String> sheets, List<Row> rows, long approximateRows) {}

  private Preview table(Look look, PreviewWishes wishes) {
    List<Row> rows = look.rows();
    List<Row.Cells> readable =
        rows.stream().filter(Row.Cells.class::isInstance).map(Row.Cells.class::cast).toList();
    if (readable.isEmpty()) {
      return rows.stream()
                  .anyMatch(row ->
                      row instanceof Row.Broken broken && broken.code() == RejectCode.LINE_TOO_LONG)
              || rows.isEmpty()
          ? new Preview.Unreadable(
              "LINE_TOO_LONG", "The first line is longer than any row of a list.")
          : new Preview.Unreadable("NOT_TEXT", "No row at the beginning of the file can be read.");
    }
    int width = readable.getFirst().cells().size();
    if (width > ImportOptions.MOST_COLUMNS) {
      return new Preview.Unreadable(
          "TOO_MANY_COLUMNS",
          "The file has "
              + width
              + " columns; a list has at most "
              + ImportOptions.MOST_COLUMNS
              + ".");
    }
    boolean header = wishes.header().orElseGet(() -> hasHeader(readable));
    List<Column> columns = columns(readable, width, header);
    int number =
        columns.stream()
            .filter(column -> column.role() == ColumnRole.NUMBER)
            .mapToInt(Column::index)
            .findFirst()
            .orElse(0);
    List<PreviewRow> shown =
        rows.stream()
            .filter(row -> !header || row.line() != readable.getFirst().line())
            .limit(SHOWN_ROWS)
            .map(row -> shown(row, number))
            .toList();
    return new Preview.Table(
        look.bytes(),
        look.form(),
        look.sheets(),
        header,
        columns,
        shown,
        Math.max(0, look.approximateRows() - (header ? 1 : 0)));
  }

  private static Delimiter delimiter(String text) {
    Delimiter best = Delimiter.COMMA;
    long bestScore = -1;
    List<String> lines = text.lines().filter(line -> !line.isBlank()).limit(50).toList();
    for (Delimiter candidate : Delimiter.values()) {
      List<Long> counts =
          lines.stream().map(line -> outsideQuotes(line, candidate.character())).toList();
      long first = counts.getFirst();
      long like = counts.stream().filter(count -> count == first).count();
      // The same number of columns on most lines says more than many columns on one.
      long score = first == 0 ? 0 : like * 1000 / counts.size() * 1000 + Math.min(first, 999);
      if (score > bestScore) {
        bestScore = score;
        best = candidate;
      }
    }
    return best;
  }

  private static long outsideQuotes(String line, char delimiter) {
    long count = 0;
    boolean quoted = false;
    for (int i = 0; i < line.length() && i < CsvRows.LONGEST_ROW; i++) {
      char c = line.charAt(i);
      if (c == '"') {
        quoted = !quoted;
      } else if (c == delimiter && !quoted) {
        count++;
      }
    }
    return count;
  }

  private static List<Row> rows(String text, Delimiter delimiter, boolean whole)
      throws IOException {
    return rows(text, delimiter, whole, JUDGED_ROWS);
  }

  private static List<Row> rows(String text, Delimiter delimiter, boolean whole, int most)
      throws IOException {
    List<Row> rows = new ArrayList<>();
    try (CsvRows reader = new CsvRows(new StringReader(text), delimiter)) {
      Optional<Row> row = reader.next();
      while (row.isPresent() && rows.size() < most) {
        rows.add(row.get());
        row = reader.next();
      }
      if (row.isEmpty() && !whole && rows.size() > 1) {
        // The sample ends in the middle of this one.
        rows.removeLast();
      }
    }
    return rows;
  }

  private boolean hasHeader(List<Row.Cells> rows) {
    List<String> first = rows.getFirst().cells();
    if (first.stream().anyMatch(this::isNumberLike)) {
      return false;
    }
    if (first.stream().anyMatch(Previewer::isNumberTitle)) {
      return true;
    }
    return rows.stream().skip(1).anyMatch(row -> row.cells().stream().anyMatch(this::isNumber));
  }

  private boolean isNumber(String cell) {
    return numbers.read(cell) instanceof NumberReading.Dialable;
  }

  /// Also true for numbers that are refused, which a title is not.
  private boolean isNumberLike(String cell) {
    return switch (numbers.read(cell)) {
      case NumberReading.Dialable _ -> true;
      case NumberReading.NoNumber(var code, var _) ->
          code != RejectCode.NOT_A_NUMBER && code != RejectCode.EMPTY_NUMBER;
    };
  }

  private static boolean isNumberTitle(String title) {
    String lower = title.strip().toLowerCase(Locale.ROOT);
    return lower.length() <= 40 && NUMBER_TITLES.stream().anyMatch(lower::contains);
  }

  private List<Column> columns(List<Row.Cells> rows, int width, boolean header) {
    List<String> titles = header ? rows.getFirst().cells() : List.of();
    List<Row.Cells> content = header ? rows.subList(1, rows.size()) : rows;
    int number = numberColumn(content, titles, width);
    Set<String> taken = new HashSet<>();
    List<Column> columns = new ArrayList<>();
    int others = 0;
    for (int i = 0; i < width; i++) {
      String title = i < titles.size() ? shortened(titles.get(i).strip()) : "";
      if (i == number) {
        columns.add(new Column(i, title, ColumnRole.NUMBER, Optional.empty()));
      } else if (others < ImportOptions.MOST_OTHER_NUMBERS && isOtherNumber(content, i, title)) {
        others++;
        columns.add(new Column(i, title, ColumnRole.OTHER_NUMBER, Optional.empty()));
      } else {
        columns.add(new Column(i, title, ColumnRole.VARIABLE, Optional.of(key(title, i, taken))));
      }
    }
    return columns;
  }

  /// Whether most of what a column holds are numbers, hardly any of them twice: the number of a
  /// manager, who has many of the contacts, is none of theirs.
  private boolean isOtherNumber(List<Row.Cells> content, int column, String title) {
    if (!title.isEmpty() && !isNumberTitle(title) && !isOtherNumberTitle(title)) {
      return false;
    }
    List<String> held =
        content.stream()
            .filter(row -> row.cells().size() > column && !row.cells().get(column).isBlank())
            .map(row -> row.cells().get(column))
            .toList();
    List<Msisdn> dialable =
        held.stream()
            .flatMap(cell ->
                numbers.read(cell) instanceof NumberReading.Dialable(var number)
                    ? Stream.of(number)
                    : Stream.empty())
            .toList();
    long different = dialable.stream().distinct().count();
    return different > 0
        && 2 * dialable.size() >= held.size()
        && 4 * different >= 3L * dialable.size();
  }

  private static boolean isOtherNumberTitle(String title) {
    String lower = title.strip().toLowerCase(Locale.ROOT);
    return lower.length() <= 40 && OTHER_TITLES.stream().anyMatch(lower::contains);
  }

  private int numberColumn(List<Row.Cells> content, List<String> titles, int width) {
    int best = 0;
    long bestScore = -1;
    for (int i = 0; i < width; i++) {
      int column = i;
      long score =
          2
              * content.stream()
                  .filter(row -> row.cells().size() > column && isNumber(row.cells().get(column)))
                  .count();
      if (i < titles.size() && isNumberTitle(titles.get(i))) {
        // Among columns that hold numbers the title decides; it does not outweigh content.
        score += 1 + content.size() / 2;
      }
      if (score > bestScore) {
        bestScore = score;
        best = i;
      }
    }
    return best;
  }

  /// A key that no other column of the file has.
  private static String key(String title, int index, Set<String> taken) {
    StringBuilder clean = new StringBuilder();
    title
        .toLowerCase(Locale.ROOT)
        .codePoints()
        .forEach(c -> {
          if (Character.isLetterOrDigit(c)) {
            clean.appendCodePoint(c);
          } else if (!clean.isEmpty() && clean.charAt(clean.length() - 1) != '_') {
            clean.append('_');
          }
        });
    String base =
        clean
            .codePoints()
            .limit(24)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
    while (base.endsWith("_")) {
      base = base.substring(0, base.length() - 1);
    }
    if (!Column.isKey(base)) {
      base = "column_" + (index + 1);
    }
    String key = base;
    for (int i = 2; !taken.add(key); i++) {
      key = base + "_" + i;
    }
    return key;
  }

  private PreviewRow shown(Row row, int number) {
    return switch (row) {
      case Row.Cells(long line, var _, List<String> cells) ->
          new PreviewRow(
              line,
              cells.stream().limit(ImportOptions.MOST_COLUMNS).map(Previewer::shortened).toList(),
              numbers.read(number < cells.size() ? cells.get(number) : ""));
      case Row.Broken(long line, String text, RejectCode code, String detail) ->
          new PreviewRow(line, List.of(text), new NumberReading.NoNumber(code, detail));
    };
  }

  private static String shortened(String cell) {
    return cell.length() <= LONGEST_SHOWN_CELL ? cell : CsvRows.shown(cell) + "…";
  }
}
