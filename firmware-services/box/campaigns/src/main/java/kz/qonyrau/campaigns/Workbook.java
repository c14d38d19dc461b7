package kz.qonyrau.campaigns;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import javax.xml.stream.XMLStreamReader;

/// A workbook in the form of ECMA-376, as spreadsheets write it (`.xlsx`).
///
/// It is read here and not by a library, because the libraries believe the file: a cell may say
/// that it stands in the billionth column, and what the archive unfolds to has no limit. Whoever
/// uploads it may have got it from anybody.
final class Workbook implements Closeable {

  private static final long LARGEST_FILE = 64L << 20;
  private static final long LARGEST_SHEET = 1L << 30;
  private static final long LARGEST_PART = 256L << 20;
  private static final int MOST_SHEETS = 1000;
  private static final int MOST_TEXTS = 2 * ListImport.MOST_ROWS;
  private static final long MOST_LETTERS = 32L << 20;
  private static final String RELATIONS =
      "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
  private static final Pattern RANGE = Pattern.compile("[A-Z]+[0-9]+:[A-Z]+([0-9]{1,9})");
  private static final Pattern ESCAPED = Pattern.compile("_x([0-9A-Fa-f]{4})_");

  private final Path file;
  private final ZipFile zip;
  private final List<Sheet> sheets = new ArrayList<>();
  private final Map<String, String> targets = new HashMap<>();
  private String texts = "";
  private String styles = "";
  private boolean from1904;
  private int activeTab;
  private int active;

  /// A sheet that people see.
  ///
  /// @param tab its place among all, hidden ones included
  private record Sheet(String name, String part, int tab) {}

  private Workbook(Path file, ZipFile zip) {
    this.file = file;
    this.zip = zip;
  }

  /// Opens a workbook and reads which sheets it has.
  ///
  /// @throws UnreadableUploadException if it is none, or too large
  static Workbook open(Path file) throws IOException {
    if (Files.size(file) > LARGEST_FILE) {
      throw UnreadableUploadException.tooLarge(
          "The workbook has more than " + (LARGEST_FILE >> 20) + " MB");
    }
    ZipFile zip;
    try {
      zip = new ZipFile(file.toFile());
    } catch (IOException | IllegalArgumentException damaged) {
      throw UnreadableUploadException.broken("its archive is damaged");
    }
    Workbook workbook = new Workbook(file, zip);
    try {
      workbook.readContents();
      return workbook;
    } catch (IOException | RuntimeException failure) {
      zip.close();
      throw failure;
    }
  }

  private void readContents() throws IOException {
    try (XmlPart relations = part("xl/_rels/workbook.xml.rels")) {
      while (relations.toStart()) {
        if (relations.is("Relationship")) {
          relation(relations.attributes());
        }
      }
    }
    try (XmlPart workbook = part("xl/workbook.xml")) {
      int tab = 0;
      while (workbook.toStart()) {
        XMLStreamReader at = workbook.attributes();
        if (workbook.is("workbookPr")) {
          from1904 = isTrue(at.getAttributeValue(null, "date1904"));
        } else if (workbook.is("workbookView")) {
          activeTab = XmlPart.number(at.getAttributeValue(null, "activeTab")).orElse(0);
        } else if (workbook.is("sheet")) {
          sheet(at, tab);
          tab++;
        }
      }
    }
    if (sheets.isEmpty()) {
      throw UnreadableUploadException.broken("it has no sheet that is shown");
    }
    for (int i = 0; i < sheets.size(); i++) {
      if (sheets.get(i).tab() == activeTab) {
        active = i;
      }
    }
  }

  private void relation(XMLStreamReader at) throws IOException {
    String id = at.getAttributeValue(null, "Id");
    String type = at.getAttributeValue(null, "Type");
    String target = at.getAttributeValue(null, "Target");
    if (id == null || type == null || target == null) {
      throw UnreadableUploadException.broken("a relation of it says nothing");
    }
    String part = target.startsWith("/") ? target.substring(1) : "xl/" + target;
    if (type.endsWith("/worksheet")) {
      var _ = targets.put(id, part);
    } else if (type.endsWith("/sharedStrings")) {
      texts = part;
    } else if (type.endsWith("/styles")) {
      styles = part;
    }
  }

  private void sheet(XMLStreamReader at, int tab) throws IOException {
    String state = at.getAttributeValue(null, "state");
    String name = at.getAttributeValue(null, "name");
    String part = targets.get(String.valueOf(at.getAttributeValue(RELATIONS, "id")));
    // Charts have sheets, too, and nothing to read.
    if (part != null && name != null && (state == null || state.equals("visible"))) {
      sheets.add(new Sheet(name, part, tab));
    }
    if (sheets.size() > MOST_SHEETS) {
      throw UnreadableUploadException.tooLarge(
          "The workbook has more than " + MOST_SHEETS + " sheets");
    }
  }

  /// The sheets that people see, by name, in their order.
  List<String> sheets() {
    return sheets.stream().map(Sheet::name).toList();
  }

  /// The sheet that was in front when the workbook was saved, or the first one.
  int active() {
    return active;
  }

  /// The number of the last row, where the sheet says so; it need not be true.
  OptionalLong lastRow(int sheet) throws IOException {
    try (XmlPart part = part(known(sheet).part())) {
      while (part.toStart() && !part.is("sheetData")) {
        if (part.is("dimension")) {
          Matcher range =
              RANGE.matcher(String.valueOf(part.attributes().getAttributeValue(null, "ref")));
          return range.matches()
              ? OptionalLong.of(Long.parseLong(range.group(1)))
              : OptionalLong.empty();
        }
      }
    }
    return OptionalLong.empty();
  }

  /// The rows of a sheet.
  ///
  /// @param bytesRead set to how much of the file was read so far, by its share of the sheet
  /// @throws UnreadableUploadException if there is no such sheet
  UploadRows rows(int sheet, AtomicLong bytesRead) throws IOException {
    String part = known(sheet).part();
    List<String> shared = texts.isEmpty() ? List.of() : sharedTexts();
    DateStyles dates = styles.isEmpty() ? DateStyles.NONE : dateStyles();
    return new SheetRows(part(part), shared, dates, progress(part, bytesRead));
  }

  private Sheet known(int sheet) throws UnreadableUploadException {
    if (sheet >= sheets.size()) {
      throw UnreadableUploadException.broken("it has no sheet number " + (sheet + 1));
    }
    return sheets.get(sheet);
  }

  private SheetRows.Progress progress(String part, AtomicLong bytesRead) throws IOException {
    long whole = Files.size(file);
    // What the archive says; if it lies, the progress does.
    long unfolded = Math.max(1, entry(part).getSize());
    return bytes -> bytesRead.set((long) (whole * Math.min(1.0, (double) bytes / unfolded)));
  }

  /// Reads the texts that cells refer to by number.
  private List<String> sharedTexts() throws IOException {
    List<String> all = new ArrayList<>();
    long letters = 0;
    try (XmlPart part = part(texts)) {
      while (part.toStart()) {
        if (part.is("si")) {
          String text = decoded(part.textWithin("si"));
          letters += text.length();
          all.add(text);
          if (all.size() > MOST_TEXTS || letters > MOST_LETTERS) {
            throw UnreadableUploadException.tooLarge("The workbook holds too much text");
          }
        }
      }
    }
    return all;
  }

  private DateStyles dateStyles() throws IOException {
    Map<Integer, String> formats = new HashMap<>();
    List<Integer> ofStyle = new ArrayList<>();
    boolean inCells = false;
    try (XmlPart part = part(styles)) {
      while (part.toStart()) {
        XMLStreamReader at = part.attributes();
        if (part.is("numFmt")) {
          Optional<Integer> id = XmlPart.number(at.getAttributeValue(null, "numFmtId"));
          String code = at.getAttributeValue(null, "formatCode");
          if (id.isPresent() && code != null) {
            var _ = formats.put(id.get(), code);
          }
        } else if (part.is("cellXfs") || part.is("cellStyleXfs") || part.is("cellStyles")) {
          inCells = part.is("cellXfs");
        } else if (part.is("xf") && inCells) {
          ofStyle.add(XmlPart.number(at.getAttributeValue(null, "numFmtId")).orElse(0));
        }
      }
    }
    Set<Integer> dates = new HashSet<>();
    for (int style = 0; style < ofStyle.size(); style++) {
      int format = ofStyle.get(style);
      if (DateStyles.isDate(format, Optional.ofNullable(formats.get(format)))) {
        dates.add(style);
      }
    }
    return new DateStyles(dates, from1904);
  }

  private ZipEntry entry(String name) throws IOException {
    ZipEntry entry = zip.getEntry(name);
    if (entry == null) {
      throw UnreadableUploadException.broken("it lacks " + CsvRows.shown(name));
    }
    return entry;
  }

  private XmlPart part(String name) throws IOException {
    InputStream in;
    try {
      in = zip.getInputStream(entry(name));
    } catch (IOException damaged) {
      throw damaged instanceof UnreadableUploadException known
          ? known
          : UnreadableUploadException.broken("its archive is damaged");
    }
    boolean isSheet = targets.containsValue(name);
    return new XmlPart(new BoundedXml(in, isSheet ? LARGEST_SHEET : LARGEST_PART));
  }

  private static boolean isTrue(String value) {
    return "1".equals(value) || "true".equals(value);
  }

  /// A text without the escapes by which spreadsheets write what XML cannot.
  static String decoded(String text) {
    return text.contains("_x")
        ? ESCAPED
            .matcher(text)
            .replaceAll(found ->
                Matcher.quoteReplacement(
                    String.valueOf((char) Integer.parseInt(found.group(1), 16))))
        : text;
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}
