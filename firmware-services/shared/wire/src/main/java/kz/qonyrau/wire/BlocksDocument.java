package kz.qonyrau.wire;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import kz.qonyrau.vocabulary.BoxId;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What this customer's boxes have to know of complaints, as far as this box may not know it yet.
/// Numbers and texts are sealed, so that nobody reads them on the way, and on the broker least of
/// all (PLT-24).
///
/// @param boxId the only box it is good for
/// @param version counts this box's, from 1; a box never goes back (PLT-10)
/// @param reports what the box seals its own reports on complaints with
/// @param sealed [BlockDirective]s, for this box alone
public record BlocksDocument(BoxId boxId, long version, SealingKey reports, String sealed)
    implements BoxDocument {

  /// No more directives than this at once.
  public static final int MOST = 50;

  /// What is sealed has at most so many bytes, so that the document fits wherever documents are
  /// kept. Central sends others when the box has done what these say.
  private static final int LONGEST_PLAIN = 22_000;

  private static final int LONGEST_SEALED = 31_000;

  /// @throws MalformedMessageException if it makes no sense: see the components
  public BlocksDocument {
    if (version < 1) {
      throw new MalformedMessageException("blocklist.version", "is below 1");
    }
    if (sealed.isEmpty() || sealed.length() > LONGEST_SEALED) {
      throw new MalformedMessageException(
          "blocklist.sealed", "does not have 1 to " + LONGEST_SEALED + " characters");
    }
  }

  /// Seals directives for a box.
  ///
  /// @param directives as many as [#fitting] says at most, one for each complaint
  /// @param box what the box opens with
  /// @throws MalformedMessageException if there are more, or two for one complaint
  public static BlocksDocument seal(
      BoxId boxId,
      long version,
      SealingKey reports,
      List<BlockDirective> directives,
      SealingKey box) {
    require(directives);
    ObjectNode node = Json.object();
    ArrayNode list = node.putArray("blocks");
    directives.forEach(directive -> list.add(directive.write()));
    byte[] plain = Json.write(node).getBytes(StandardCharsets.UTF_8);
    return new BlocksDocument(boxId, version, reports, box.seal(plain, context(boxId, version)));
  }

  /// What was sealed.
  ///
  /// @param box the box's own key
  /// @throws MalformedMessageException if it was not sealed for this box and version, or anything
  ///   is wrong with it
  public List<BlockDirective> open(OpeningKey box) {
    byte[] plain = box.open(sealed, context(boxId, version));
    Fields fields = Json.object("blocklist", Json.text("blocklist", plain));
    List<BlockDirective> directives = fields.objects("blocks", MOST, BlockDirective::read);
    fields.end();
    require(directives);
    return List.copyOf(directives);
  }

  /// How many of these fit into one document, from the first on; at least one does.
  public static int fitting(List<BlockDirective> directives) {
    int bytes = 100;
    int fitting = 0;
    while (fitting < Math.min(MOST, directives.size())) {
      String text = Json.write(directives.get(fitting).write());
      bytes += text.getBytes(StandardCharsets.UTF_8).length + 1;
      if (bytes > LONGEST_PLAIN) {
        break;
      }
      fitting++;
    }
    return fitting;
  }

  private static void require(List<BlockDirective> directives) {
    if (directives.size() > MOST) {
      throw new MalformedMessageException(
          "blocklist.blocks", "has more than " + MOST + " elements");
    }
    Set<String> cases = new HashSet<>();
    for (BlockDirective directive : directives) {
      if (!cases.add(directive.caseId())) {
        throw new MalformedMessageException("blocklist.blocks", "has the same complaint twice");
      }
    }
  }

  /// Another version's sealed text, or another box's, does not open.
  private static String context(BoxId boxId, long version) {
    return "blocklist " + boxId + " " + version;
  }

  /// Reads the text of a signed document. Neither the signature nor what is sealed is looked at.
  ///
  /// @throws MalformedMessageException if it is of another schema, or anything is wrong with it
  public static BlocksDocument parse(SignedDocument document) {
    if (!document.schema().equals(Schemas.BLOCKLIST)) {
      throw new MalformedMessageException("blocklist", "is not of schema " + Schemas.BLOCKLIST);
    }
    Fields fields = Json.object("blocklist", document.text());
    BlocksDocument blocks =
        new BlocksDocument(
            fields.word("boxId", BoxId::new, "a box id"),
            fields.number("version", 1, Long.MAX_VALUE),
            SealingKey.parse(fields.text("reports", 100)),
            fields.text("sealed", LONGEST_SEALED));
    fields.end();
    return blocks;
  }

  /// Writes and signs it.
  public SignedDocument sign(DocumentSigner signer) {
    ObjectNode node = Json.object();
    node.put("boxId", boxId.value());
    node.put("version", version);
    node.put("reports", reports.text());
    node.put("sealed", sealed);
    return SignedDocument.sign(Schemas.BLOCKLIST, Json.write(node), signer);
  }
}
