package kz.qonyrau.wire;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import kz.qonyrau.vocabulary.BoxId;
import tools.jackson.databind.node.ObjectNode;

/// Something that central wants a box to do once, soon, or not at all (PLT-13). What must hold
/// until further notice is no command but stands in a document: a suspension in the license, a
/// revoked lease in the next lease.
///
/// @param boxId the only box that it is for
/// @param id a UUID; the box does it once, however often it comes
/// @param order what to do
/// @param issuedAt when it was given
/// @param expires from when on it must not be begun, at most a day after `issuedAt`
/// @param by the admin's login, 1 to 100 characters
/// @param reason in his words, 1 to 500 characters; the box's owner reads it
public record CommandDocument(
    BoxId boxId,
    String id,
    CommandOrder order,
    Instant issuedAt,
    Instant expires,
    String by,
    String reason) {

  /// How long a command is good unless somebody says otherwise.
  public static final Duration USUAL_VALIDITY = Duration.ofMinutes(10);

  private static final Duration LONGEST_VALIDITY = Duration.ofDays(1);
  private static final int LONGEST_LOGIN = 100;
  private static final int LONGEST_REASON = 500;

  /// @throws MalformedMessageException if it makes no sense: see the components
  public CommandDocument {
    issuedAt = issuedAt.truncatedTo(ChronoUnit.MILLIS);
    expires = expires.truncatedTo(ChronoUnit.MILLIS);
    requireSense(id, issuedAt, expires, by, reason);
  }

  /// A command whose order need not be known here; the components are those of the command.
  ///
  /// @param order a code of capitals, 2 to 40 characters
  public record Outline(
      BoxId boxId,
      String id,
      String order,
      Instant issuedAt,
      Instant expires,
      String by,
      String reason) {

    /// @throws MalformedMessageException as of the command
    public Outline {
      requireSense(id, issuedAt, expires, by, reason);
    }

    /// The command; empty if this version does not know the order.
    public Optional<CommandDocument> known() {
      return CommandOrder.named(order)
          .map(named -> new CommandDocument(boxId, id, named, issuedAt, expires, by, reason));
    }
  }

  private static void requireSense(
      String id, Instant issuedAt, Instant expires, String by, String reason) {
    require("id", Ids.UUID.matcher(id).matches(), "is not a UUID in lower case");
    require("expires", issuedAt.isBefore(expires), "is not after issuedAt");
    require(
        "expires",
        Duration.between(issuedAt, expires).compareTo(LONGEST_VALIDITY) <= 0,
        "is more than a day after issuedAt");
    require("by", !by.isBlank() && by.length() <= LONGEST_LOGIN, "is not a login");
    require(
        "reason",
        !reason.isBlank() && reason.length() <= LONGEST_REASON,
        "does not have 1 to " + LONGEST_REASON + " characters");
  }

  /// Reads the text of a signed command. The signature is not looked at.
  ///
  /// @return empty if it orders something that this version does not know
  /// @throws MalformedMessageException if it is of another schema, or anything is wrong with it
  public static Optional<CommandDocument> parse(SignedDocument document) {
    return outline(document).known();
  }

  /// As [#parse], for whoever answers also what he does not know.
  ///
  /// @throws MalformedMessageException if it is of another schema, or anything is wrong with it
  public static Outline outline(SignedDocument document) {
    if (!document.schema().equals(Schemas.COMMAND)) {
      throw new MalformedMessageException("command", "is not of schema " + Schemas.COMMAND);
    }
    Fields fields = Json.object("command", document.text());
    Outline outline =
        new Outline(
            fields.word("boxId", BoxId::new, "a box id"),
            fields.text("id", Ids.UUID, "a UUID in lower case"),
            fields.text("order", CommandOrder.NAME, "a code"),
            fields.instant("issuedAt"),
            fields.instant("expires"),
            fields.text("by", LONGEST_LOGIN),
            fields.text("reason", LONGEST_REASON));
    fields.end();
    return outline;
  }

  /// Writes and signs it.
  public SignedDocument sign(DocumentSigner signer) {
    ObjectNode node = Json.object();
    node.put("boxId", boxId.value());
    node.put("id", id);
    node.put("order", order.name());
    node.put("issuedAt", issuedAt.toString());
    node.put("expires", expires.toString());
    node.put("by", by);
    node.put("reason", reason);
    return SignedDocument.sign(Schemas.COMMAND, Json.write(node), signer);
  }

  private static void require(String field, boolean holds, String otherwise) {
    if (!holds) {
      throw new MalformedMessageException("command." + field, otherwise);
    }
  }
}
