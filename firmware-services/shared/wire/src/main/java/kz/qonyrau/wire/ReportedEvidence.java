package kz.qonyrau.wire;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What a customer says to a complaint: how he came by the number, and that its owner had agreed
/// (AC-SPM-04).
///
/// @param id a UUID that names this answer
/// @param at when it was given
/// @param by the login of who gave it, 1 to 100 characters
/// @param note what he says, 1 to 2000 characters
/// @param records what the box's lists say of the number, at most [#MOST_RECORDS]
/// @param file a scan or the like, if there is one
public record ReportedEvidence(
    String id,
    Instant at,
    String by,
    String note,
    List<ConsentRecord> records,
    Optional<EvidenceFile> file) {

  /// So many records fit.
  public static final int MOST_RECORDS = 20;

  /// The longest note, in characters.
  public static final int LONGEST_NOTE = 2000;

  /// What one list says.
  ///
  /// @param list its name, 1 to 200 characters
  /// @param imported when it was imported
  /// @param origin where its numbers come from, in the customer's words, 1 to 500 characters
  /// @param forCalls whether it states the owners' permission for calls
  /// @param forMessages the same for SMS
  /// @param statedBy who stated that, 1 to 100 characters
  /// @param statedAt when
  public record ConsentRecord(
      String list,
      Instant imported,
      String origin,
      boolean forCalls,
      boolean forMessages,
      String statedBy,
      Instant statedAt) {

    /// @throws MalformedMessageException if a text is too short or too long
    public ConsentRecord {
      imported = imported.truncatedTo(ChronoUnit.MILLIS);
      statedAt = statedAt.truncatedTo(ChronoUnit.MILLIS);
      Prose.require("case.list", list, 200);
      Prose.require("case.origin", origin, 500);
      Prose.require("case.statedBy", statedBy, 100);
    }

    private static ConsentRecord read(Fields fields) {
      return new ConsentRecord(
          fields.text("list", 200),
          fields.instant("imported"),
          fields.text("origin", 500),
          fields.truth("forCalls"),
          fields.truth("forMessages"),
          fields.text("statedBy", 100),
          fields.instant("statedAt"));
    }

    private ObjectNode write() {
      ObjectNode node = Json.object();
      node.put("list", list);
      node.put("imported", imported.toString());
      node.put("origin", origin);
      node.put("forCalls", forCalls);
      node.put("forMessages", forMessages);
      node.put("statedBy", statedBy);
      node.put("statedAt", statedAt.toString());
      return node;
    }
  }

  /// A file that comes with the answer.
  ///
  /// @param name as people know it, 1 to 200 characters
  /// @param type what it is, one of [#TYPES]
  /// @param base64 its content
  public record EvidenceFile(String name, String type, String base64) {

    /// The largest file, in bytes: with what is around it, it fits into one message.
    public static final int LIMIT_BYTES = 96 * 1024;

    /// What may be sent.
    public static final Set<String> TYPES = Set.of("application/pdf", "image/jpeg", "image/png");

    /// @throws MalformedMessageException if it is of another type, empty, too large, or not what
    ///   its type says
    public EvidenceFile {
      Prose.require("case.fileName", name, 200);
      if (!TYPES.contains(type)) {
        throw new MalformedMessageException(
            "case.fileType", "is neither a PDF nor a JPEG nor a PNG picture");
      }
      byte[] bytes = bytes(base64);
      if (bytes.length == 0 || bytes.length > LIMIT_BYTES) {
        throw new MalformedMessageException(
            "case.file", "does not have 1 to " + LIMIT_BYTES + " bytes");
      }
      if (!begins(bytes, type)) {
        throw new MalformedMessageException("case.file", "is not what its type says");
      }
    }

    /// Its content.
    public byte[] bytes() {
      return bytes(base64);
    }

    private static byte[] bytes(String base64) {
      try {
        return Base64.getDecoder().decode(base64);
      } catch (IllegalArgumentException _) {
        throw new MalformedMessageException("case.file", "is not Base64");
      }
    }

    private static boolean begins(byte[] bytes, String type) {
      int[] signature =
          switch (type) {
            case "application/pdf" -> new int[] {'%', 'P', 'D', 'F', '-'};
            case "image/png" -> new int[] {0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
            default -> new int[] {0xff, 0xd8, 0xff};
          };
      if (bytes.length < signature.length) {
        return false;
      }
      for (int i = 0; i < signature.length; i++) {
        if ((bytes[i] & 0xff) != signature[i]) {
          return false;
        }
      }
      return true;
    }
  }

  /// @throws MalformedMessageException if it makes no sense: see the components
  public ReportedEvidence {
    at = at.truncatedTo(ChronoUnit.MILLIS);
    records = List.copyOf(records);
    if (!Ids.UUID.matcher(id).matches()) {
      throw new MalformedMessageException("case.id", "is not a UUID in lower case");
    }
    Prose.require("case.by", by, 100);
    Prose.require("case.note", note, LONGEST_NOTE);
    if (records.size() > MOST_RECORDS) {
      throw new MalformedMessageException(
          "case.records", "has more than " + MOST_RECORDS + " elements");
    }
  }

  static ReportedEvidence read(Fields fields) {
    String id = fields.text("id", Ids.UUID, "a UUID in lower case");
    Instant at = fields.instant("at");
    String by = fields.text("by", 100);
    String note = fields.text("note", LONGEST_NOTE);
    List<ConsentRecord> records = fields.objects("records", MOST_RECORDS, ConsentRecord::read);
    Optional<String> name = fields.optionalText("fileName", 200);
    return new ReportedEvidence(
        id,
        at,
        by,
        note,
        records,
        name.map(called ->
            new EvidenceFile(
                called, fields.text("fileType", 100), fields.text("file", Envelope.LIMIT_BYTES))));
  }

  ObjectNode write() {
    ObjectNode node = Json.object();
    node.put("id", id);
    node.put("at", at.toString());
    node.put("by", by);
    node.put("note", note);
    ArrayNode list = node.putArray("records");
    records.forEach(each -> list.add(each.write()));
    file.ifPresent(known -> {
      node.put("fileName", known.name());
      node.put("fileType", known.type());
      node.put("file", known.base64());
    });
    return node;
  }
}
