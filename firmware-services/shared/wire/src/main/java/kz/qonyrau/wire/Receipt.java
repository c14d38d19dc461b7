package kz.qonyrau.wire;

import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Central's word that it has stored messages for good. Only this frees a row of the outbox; that
/// the broker took a message frees nothing (PLT-07).
///
/// @param msgIds what is stored, 1 to 256 message ids
public record Receipt(List<String> msgIds) {

  /// The most message ids in one receipt.
  public static final int MOST = 256;

  /// @throws MalformedMessageException if the list is empty, too long or has something else in it
  public Receipt {
    msgIds = List.copyOf(msgIds);
    if (msgIds.isEmpty() || msgIds.size() > MOST) {
      throw new MalformedMessageException("receipt.msgIds", "does not name 1 to " + MOST);
    }
    if (!msgIds.stream().allMatch(id -> Ids.UUID.matcher(id).matches())) {
      throw new MalformedMessageException("receipt.msgIds", "has something that is not a UUID");
    }
  }

  /// Reads the body of a `receipt/1` envelope.
  ///
  /// @throws MalformedMessageException if anything is wrong with it
  public static Receipt parse(String body) {
    Fields fields = Json.object("receipt", body);
    Receipt receipt = new Receipt(fields.texts("msgIds", MOST, Ids.UUID, "a UUID in lower case"));
    fields.end();
    return receipt;
  }

  /// The body of a `receipt/1` envelope.
  public String body() {
    ObjectNode node = Json.object();
    ArrayNode array = node.putArray("msgIds");
    msgIds.forEach(array::add);
    return Json.write(node);
  }
}
