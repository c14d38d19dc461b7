package kz.qonyrau.wire;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.UUID;
import java.util.regex.Pattern;
import kz.qonyrau.vocabulary.BoxId;
import kz.qonyrau.vocabulary.Tenge;
import tools.jackson.databind.node.ObjectNode;

/// How a box's book stands, for central to compare with its own (SH-BAL-16). Signed with its
/// envelope, it is also the checkpoint of the chain: no later statement may have fewer rows.
///
/// It is queued behind the usage it includes. When central has every message before it, `spent`
/// must be what those reported, to the tiyn.
///
/// @param cause why it was made
/// @param leaseVersion the lease whose money is posted in `granted`, 0 for none
/// @param granted everything that leases ever brought, less what revoked leases took back
/// @param returned everything that the box gave back of its own accord
/// @param spent everything that reported usage cost
/// @param held set aside for what is under way
/// @param available what is left to spend
/// @param rows rows of the book
/// @param head SHA-256 of the newest row, 64 hexadecimal digits, or 64 zeros while the book is
///   empty
public record BookStatement(
    Cause cause,
    long leaseVersion,
    Tenge granted,
    Tenge returned,
    Tenge spent,
    Tenge held,
    Tenge available,
    long rows,
    String head) {

  /// Why a statement was made.
  public enum Cause {
    /// A day has begun.
    DAILY,
    /// The box is back at central.
    RECONNECT,
    /// Central asked for it.
    ORDERED,
    /// A lease was taken back or given back.
    RETURN
  }

  /// Ten trillion tenge, so that sums cannot overflow.
  private static final long MOST_TIYN = 1_000_000_000_000_000L;

  private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

  /// @throws MalformedMessageException if a component is not of its form, or the money does not add
  ///   up: granted = returned + spent + held + available
  public BookStatement {
    require("leaseVersion", leaseVersion >= 0, "is negative");
    requireAmount("grantedTiyn", granted);
    requireAmount("returnedTiyn", returned);
    requireAmount("spentTiyn", spent);
    requireAmount("heldTiyn", held);
    requireAmount("availableTiyn", available);
    require(
        "grantedTiyn",
        granted.equals(returned.plus(spent).plus(held).plus(available)),
        "is not returnedTiyn + spentTiyn + heldTiyn + availableTiyn");
    require("rows", rows >= 0, "is negative");
    require("head", HASH.matcher(head).matches(), "is not a SHA-256");
  }

  /// The message id of the statement of a day, so that a day has one.
  public static String messageIdOf(BoxId box, LocalDate day) {
    return UUID.nameUUIDFromBytes(("ledger/" + box + "/" + day).getBytes(StandardCharsets.UTF_8))
        .toString();
  }

  /// Reads the body of a `ledger/1` envelope.
  ///
  /// @throws MalformedMessageException if anything is wrong with it
  public static BookStatement parse(String body) {
    Fields fields = Json.object("ledger", body);
    BookStatement statement =
        new BookStatement(
            fields.word("cause", Cause::valueOf, "a cause"),
            fields.number("leaseVersion", 0, Long.MAX_VALUE),
            fields.money("grantedTiyn", 0, MOST_TIYN),
            fields.money("returnedTiyn", 0, MOST_TIYN),
            fields.money("spentTiyn", 0, MOST_TIYN),
            fields.money("heldTiyn", 0, MOST_TIYN),
            fields.money("availableTiyn", 0, MOST_TIYN),
            fields.number("rows", 0, Long.MAX_VALUE),
            fields.text("head", HASH, "a SHA-256"));
    fields.end();
    return statement;
  }

  /// The body of a `ledger/1` envelope, for the outbox.
  public byte[] body() {
    ObjectNode node = Json.object();
    node.put("cause", cause.name());
    node.put("leaseVersion", leaseVersion);
    node.put("grantedTiyn", granted.tiyn());
    node.put("returnedTiyn", returned.tiyn());
    node.put("spentTiyn", spent.tiyn());
    node.put("heldTiyn", held.tiyn());
    node.put("availableTiyn", available.tiyn());
    node.put("rows", rows);
    node.put("head", head);
    return Json.write(node).getBytes(StandardCharsets.UTF_8);
  }

  private static void requireAmount(String field, Tenge amount) {
    require(
        field, amount.tiyn() >= 0 && amount.tiyn() <= MOST_TIYN, "is not within 0 to " + MOST_TIYN);
  }

  private static void require(String field, boolean holds, String otherwise) {
    if (!holds) {
      throw new MalformedMessageException("ledger." + field, otherwise);
    }
  }
}
