package kz.qonyrau.campaigns;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackInputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/// An uploaded file as text.
final class Upload {

  private static final Charset WINDOWS_1251 = Charset.forName("windows-1251");
  private static final int SAMPLE = 256 * 1024;

  private Upload() {}

  /// The first bytes, at most 256 KiB.
  static byte[] sample(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(SAMPLE);
    }
  }

  /// Whether the file begins as archives do, and so as workbooks.
  static boolean isArchive(byte[] sample) {
    return startsWith(sample, 'P', 'K', 3, 4);
  }

  /// Whether it begins as workbooks did before 2007, or as those do that a password protects.
  static boolean isOldWorkbook(byte[] sample) {
    return startsWith(sample, 0xD0, 0xCF, 0x11, 0xE0);
  }

  /// Opens the file.
  ///
  /// @param bytesRead set to the number of bytes taken from the file so far
  /// @throws UnreadableUploadException if it is not written so
  static UploadRows open(Path file, UploadForm form, AtomicLong bytesRead) throws IOException {
    return switch (form) {
      case UploadForm.Text(TextEncoding encoding, Delimiter delimiter) ->
          text(file, encoding, delimiter, bytesRead);
      case UploadForm.Workbook(int sheet) -> sheet(file, sheet, bytesRead);
    };
  }

  private static UploadRows sheet(Path file, int sheet, AtomicLong bytesRead) throws IOException {
    Workbook workbook = Workbook.open(file);
    UploadRows rows;
    try {
      rows = workbook.rows(sheet, bytesRead);
    } catch (IOException | RuntimeException failure) {
      workbook.close();
      throw failure;
    }
    return new UploadRows() {
      @Override
      public Optional<Row> next() throws IOException {
        return rows.next();
      }

      @Override
      public long linesRead() {
        return rows.linesRead();
      }

      @Override
      public void close() throws IOException {
        rows.close();
        workbook.close();
      }
    };
  }

  /// What is no letter in the encoding becomes U+FFFD.
  private static CsvRows text(
      Path file, TextEncoding encoding, Delimiter delimiter, AtomicLong bytesRead)
      throws IOException {
    PushbackInputStream in =
        new PushbackInputStream(
            new Counted(new BufferedInputStream(Files.newInputStream(file), 65536), bytesRead),
            4096);
    try {
      byte[] start = in.readNBytes(4096);
      Charset charset = charset(encoding, start);
      int mark = markLength(start, charset);
      in.unread(start, mark, start.length - mark);
      InputStreamReader reader =
          new InputStreamReader(
              in,
              charset
                  .newDecoder()
                  .onMalformedInput(CodingErrorAction.REPLACE)
                  .onUnmappableCharacter(CodingErrorAction.REPLACE));
      return new CsvRows(reader, delimiter);
    } catch (IOException | RuntimeException failure) {
      in.close();
      throw failure;
    }
  }

  /// The sample as text, without a byte-order mark and without a last line that is cut off.
  static String text(byte[] sample, TextEncoding encoding) {
    Charset charset = charset(encoding, sample);
    int mark = markLength(sample, charset);
    return new String(sample, mark, sample.length - mark, charset);
  }

  static TextEncoding detect(byte[] sample) {
    if (startsWith(sample, 0xEF, 0xBB, 0xBF)) {
      return TextEncoding.UTF_8;
    }
    if (startsWith(sample, 0xFF, 0xFE) || startsWith(sample, 0xFE, 0xFF)) {
      return TextEncoding.UTF_16;
    }
    if (zeros(sample, 0) + zeros(sample, 1) > sample.length / 10
        && looksLikeText(new String(sample, charset(TextEncoding.UTF_16, sample)))) {
      return TextEncoding.UTF_16;
    }
    int[] sequences = utf8Sequences(sample);
    if (sequences[1] == 0) {
      return TextEncoding.UTF_8;
    }
    // A few broken letters in much UTF-8 are damage; Windows-1251 is hardly ever UTF-8 by chance.
    return sequences[0] > 10 * sequences[1] || !isMostlyCyrillic(sample)
        ? TextEncoding.UTF_8
        : TextEncoding.WINDOWS_1251;
  }

  /// Letters of several bytes that are right, and those that are not.
  private static int[] utf8Sequences(byte[] sample) {
    var decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    ByteBuffer in = ByteBuffer.wrap(sample);
    CharBuffer out = CharBuffer.allocate(sample.length + 1);
    int wrong = 0;
    while (true) {
      var result = decoder.decode(in, out, false);
      if (!result.isError()) {
        break;
      }
      wrong++;
      in.position(Math.min(in.limit(), in.position() + result.length()));
    }
    out.flip();
    return new int[] {(int) out.chars().filter(c -> c > 0x7F).count(), wrong};
  }

  private static boolean isMostlyCyrillic(byte[] sample) {
    String text = new String(sample, WINDOWS_1251);
    long high = text.chars().filter(c -> c > 0x7F).count();
    long cyrillic = text.chars().filter(c -> c >= 0x0400 && c <= 0x04FF).count();
    return cyrillic * 10 >= high * 7;
  }

  /// Whether hardly anything in the text is a control character or no letter at all; a few such
  /// characters are damage even in a short file.
  static boolean looksLikeText(String text) {
    long wrong =
        text.chars()
            .filter(c -> c == 0xFFFD || (c < ' ' && c != '\t' && c != '\r' && c != '\n'))
            .count();
    return wrong * 50 <= text.length() + 200L;
  }

  private static Charset charset(TextEncoding encoding, byte[] start) {
    return switch (encoding) {
      case UTF_8 -> StandardCharsets.UTF_8;
      case WINDOWS_1251 -> WINDOWS_1251;
      case UTF_16 -> {
        if (startsWith(start, 0xFF, 0xFE)) {
          yield StandardCharsets.UTF_16LE;
        }
        if (startsWith(start, 0xFE, 0xFF)) {
          yield StandardCharsets.UTF_16BE;
        }
        // Digits and delimiters have their zero byte first in big-endian order.
        yield zeros(start, 0) > zeros(start, 1)
            ? StandardCharsets.UTF_16BE
            : StandardCharsets.UTF_16LE;
      }
    };
  }

  private static int markLength(byte[] start, Charset charset) {
    if (charset.equals(StandardCharsets.UTF_8)) {
      return startsWith(start, 0xEF, 0xBB, 0xBF) ? 3 : 0;
    }
    if (charset.equals(StandardCharsets.UTF_16LE)) {
      return startsWith(start, 0xFF, 0xFE) ? 2 : 0;
    }
    if (charset.equals(StandardCharsets.UTF_16BE)) {
      return startsWith(start, 0xFE, 0xFF) ? 2 : 0;
    }
    return 0;
  }

  private static int zeros(byte[] bytes, int from) {
    int zeros = 0;
    for (int i = from; i < bytes.length; i += 2) {
      if (bytes[i] == 0) {
        zeros++;
      }
    }
    return zeros;
  }

  static boolean startsWith(byte[] bytes, int... start) {
    return bytes.length >= start.length
        && Arrays.equals(Arrays.copyOf(bytes, start.length), toBytes(start));
  }

  private static byte[] toBytes(int[] values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  /// Counts what passes.
  private static final class Counted extends java.io.FilterInputStream {

    private final AtomicLong count;

    Counted(InputStream in, AtomicLong count) {
      super(in);
      this.count = count;
    }

    @Override
    public int read() throws IOException {
      int read = super.read();
      if (read >= 0) {
        count.incrementAndGet();
      }
      return read;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int read = super.read(bytes, offset, length);
      if (read > 0) {
        count.addAndGet(read);
      }
      return read;
    }
  }
}
