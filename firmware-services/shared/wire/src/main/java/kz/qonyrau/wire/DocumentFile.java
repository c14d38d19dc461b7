package kz.qonyrau.wire;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Documents of central in a file, for a technician to carry to a box that is not connected. Each
/// stands for itself, as if it came from the broker: the file has no signature of its own.
///
/// @param documents 1 to 10, of any schema
public record DocumentFile(List<SignedDocument> documents) {

  private static final int MOST_DOCUMENTS = 10;
  private static final Pattern SCHEMA = Pattern.compile("[a-z]{1,20}/[1-9][0-9]{0,3}");
  private static final Pattern SIGNATURE = Pattern.compile("[A-Za-z0-9+/]{86}==");

  /// The largest file, in bytes.
  public static final int LIMIT_BYTES = Envelope.LIMIT_BYTES;

  /// @throws MalformedMessageException if there are none or too many
  public DocumentFile {
    documents = List.copyOf(documents);
    if (documents.isEmpty() || documents.size() > MOST_DOCUMENTS) {
      throw new MalformedMessageException(
          "file.documents", "does not have 1 to " + MOST_DOCUMENTS + " elements");
    }
  }

  /// Reads a file. Neither signatures nor texts are looked at yet.
  ///
  /// @throws MalformedMessageException if it is larger than [#LIMIT_BYTES] or anything is wrong
  ///   with it
  public static DocumentFile parse(byte[] bytes) {
    Fields fields = Json.object("file", Json.text("file", bytes));
    DocumentFile file =
        new DocumentFile(fields.objects("documents", MOST_DOCUMENTS, DocumentFile::document));
    fields.end();
    return file;
  }

  private static SignedDocument document(Fields fields) {
    return new SignedDocument(
        fields.text("schema", SCHEMA, "a name, / and a version"),
        fields.text("text", LIMIT_BYTES / 2),
        fields.text("signature", SIGNATURE, "a signature"));
  }

  /// The file.
  public byte[] write() {
    ObjectNode node = Json.object();
    ArrayNode array = node.putArray("documents");
    for (SignedDocument document : documents) {
      ObjectNode inner = Json.object();
      inner.put("schema", document.schema());
      inner.put("text", document.text());
      inner.put("signature", document.signature());
      array.add(inner);
    }
    return Json.write(node).getBytes(StandardCharsets.UTF_8);
  }
}
