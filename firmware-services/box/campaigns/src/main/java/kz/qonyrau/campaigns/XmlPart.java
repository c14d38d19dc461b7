package kz.qonyrau.campaigns;

import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/// A part of a workbook, read from the beginning to the end. Knows no entities and no document
/// types, and takes no part of a file into memory as a whole.
final class XmlPart implements Closeable {

  private static final XMLInputFactory FACTORY = factory();

  /// A text of a cell is cut here; the row is too long then.
  private static final int LONGEST_TEXT = CsvRows.LONGEST_ROW + 1;

  private final BoundedXml in;
  private final XMLStreamReader xml;

  private static XMLInputFactory factory() {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, false);
    return factory;
  }

  XmlPart(BoundedXml in) throws IOException {
    this.in = in;
    try {
      synchronized (FACTORY) {
        this.xml = FACTORY.createXMLStreamReader(in);
      }
    } catch (XMLStreamException failure) {
      in.close();
      throw readable(failure);
    }
  }

  /// Bytes so far.
  long bytesRead() {
    return in.bytesRead();
  }

  /// Goes to the next event.
  ///
  /// @return one of [XMLStreamConstants]; `END_DOCUMENT` again and again at the end
  int next() throws IOException {
    try {
      return xml.hasNext() ? xml.next() : XMLStreamConstants.END_DOCUMENT;
    } catch (XMLStreamException failure) {
      throw readable(failure);
    } catch (RuntimeException failure) { // Where the parser did not expect what it read.
      throw UnreadableUploadException.broken("it is not XML");
    }
  }

  /// Goes to the next tag that begins something.
  ///
  /// @return false at the end
  boolean toStart() throws IOException {
    int event = next();
    while (event != XMLStreamConstants.START_ELEMENT) {
      if (event == XMLStreamConstants.END_DOCUMENT) {
        return false;
      }
      event = next();
    }
    return true;
  }

  /// Whether the tag that was come to is called so, whatever its prefix.
  boolean is(String name) {
    return xml.getLocalName().equals(name);
  }

  /// The tag's attributes.
  XMLStreamReader attributes() {
    return xml;
  }

  /// Everything that is written in `t` tags up to the end of the tag that was come to, without what
  /// says how it is pronounced.
  String textWithin(String end) throws IOException {
    StringBuilder text = new StringBuilder();
    boolean inText = false;
    int pronounced = 0;
    while (true) {
      switch (next()) {
        case XMLStreamConstants.START_ELEMENT -> {
          inText = is("t");
          pronounced += is("rPh") ? 1 : 0;
        }
        case XMLStreamConstants.END_ELEMENT -> {
          if (is(end)) {
            return text.toString();
          }
          inText = false;
          pronounced -= is("rPh") ? 1 : 0;
        }
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE -> {
          if (inText && pronounced == 0) {
            append(text);
          }
        }
        case XMLStreamConstants.END_DOCUMENT ->
            throw UnreadableUploadException.broken("it ends in the middle");
        default -> {}
      }
    }
  }

  /// Adds the text that was come to, as far as there is room.
  void append(StringBuilder text) {
    int room = LONGEST_TEXT - text.length();
    if (room > 0) {
      String more = xml.getText();
      text.append(more, 0, Math.min(room, more.length()));
    }
  }

  /// A whole number from 0 to a billion; empty if it is none.
  static Optional<Integer> number(@Nullable String text) {
    if (text == null || text.isEmpty() || text.length() > 9) {
      return Optional.empty();
    }
    int value = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9') {
        return Optional.empty();
      }
      value = 10 * value + (c - '0');
    }
    return Optional.of(value);
  }

  private static IOException readable(XMLStreamException failure) {
    return failure.getNestedException() instanceof UnreadableUploadException known
        ? known
        : UnreadableUploadException.broken("a part of it is not XML");
  }

  @Override
  public void close() throws IOException {
    try {
      xml.close();
    } catch (XMLStreamException _) {
      // It holds nothing but the stream.
    }
    in.close();
  }
}
