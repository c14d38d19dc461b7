package kz.qonyrau.wire;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import kz.qonyrau.vocabulary.BoxId;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Which of this box's recordings the provider publishes, and by which consent (SH-NOT-11,
/// AC-REC-06). Sealed, as it names messages of people. Everything that is open is in it; of what it
/// does not name, nothing is published any more.
///
/// @param boxId the only box it is good for
/// @param version counts this box's, from 1; a box never goes back (PLT-10)
/// @param sealed [PromotedRecording]s, for this box alone
public record PromotionDocument(BoxId boxId, long version, String sealed) implements BoxDocument {

  /// No more recordings than this at once.
  public static final int MOST = 50;

  /// What is sealed has at most so many bytes, so that the document fits wherever documents are
  /// kept.
  private static final int LONGEST_PLAIN = 22_000;

  private static final int LONGEST_SEALED = 31_000;

  /// @throws MalformedMessageException if it makes no sense: see the components
  public PromotionDocument {
    if (version < 1) {
      throw new MalformedMessageException("promotion.version", "is below 1");
    }
    if (sealed.isEmpty() || sealed.length() > LONGEST_SEALED) {
      throw new MalformedMessageException(
          "promotion.sealed", "does not have 1 to " + LONGEST_SEALED + " characters");
    }
  }

  /// Whether all of these fit into one document, whatever still becomes of them.
  public static boolean fit(List<PromotedRecording> recordings) {
    return recordings.size() <= MOST && bytes(recordings) <= LONGEST_PLAIN;
  }

  /// As many of these as fit, from the first on.
  public static List<PromotedRecording> fitting(List<PromotedRecording> recordings) {
    List<PromotedRecording> fitting = new ArrayList<>();
    for (PromotedRecording one : recordings) {
      fitting.add(one);
      if (!fit(fitting)) {
        return List.copyOf(fitting.subList(0, fitting.size() - 1));
      }
    }
    return List.copyOf(fitting);
  }

  private static int bytes(List<PromotedRecording> recordings) {
    return 100 + recordings.stream().mapToInt(PromotedRecording::bytes).sum();
  }

  /// Seals recordings for a box.
  ///
  /// @param recordings some that fit, each once
  /// @param box what the box opens with
  /// @throws MalformedMessageException if there are more, or one twice
  public static PromotionDocument seal(
      BoxId boxId, long version, List<PromotedRecording> recordings, SealingKey box) {
    require(recordings);
    ObjectNode node = Json.object();
    ArrayNode list = node.putArray("recordings");
    recordings.forEach(one -> list.add(one.write()));
    byte[] plain = Json.write(node).getBytes(StandardCharsets.UTF_8);
    return new PromotionDocument(boxId, version, box.seal(plain, context(boxId, version)));
  }

  /// What was sealed.
  ///
  /// @param box the box's own key
  /// @throws MalformedMessageException if it was not sealed for this box and version, or anything
  ///   is wrong with it
  public List<PromotedRecording> open(OpeningKey box) {
    byte[] plain = box.open(sealed, context(boxId, version));
    Fields fields = Json.object("promotion", Json.text("promotion", plain));
    List<PromotedRecording> recordings =
        fields.objects("recordings", MOST, PromotedRecording::read);
    fields.end();
    require(recordings);
    return List.copyOf(recordings);
  }

  private static void require(List<PromotedRecording> recordings) {
    if (recordings.size() > MOST) {
      throw new MalformedMessageException(
          "promotion.recordings", "has more than " + MOST + " elements");
    }
    Set<String> ids = new HashSet<>();
    Set<PromotedRecording.TelegramMessage> messages = new HashSet<>();
    for (PromotedRecording one : recordings) {
      if (!ids.add(one.id()) || !messages.add(one.message())) {
        throw new MalformedMessageException("promotion.recordings", "has the same consent twice");
      }
    }
  }

  /// Another version's sealed text, or another box's, does not open.
  private static String context(BoxId boxId, long version) {
    return "promotion " + boxId + " " + version;
  }

  /// Reads the text of a signed document. Neither the signature nor what is sealed is looked at.
  ///
  /// @throws MalformedMessageException if it is of another schema, or anything is wrong with it
  public static PromotionDocument parse(SignedDocument document) {
    if (!document.schema().equals(Schemas.PROMOTION)) {
      throw new MalformedMessageException("promotion", "is not of schema " + Schemas.PROMOTION);
    }
    Fields fields = Json.object("promotion", document.text());
    PromotionDocument promotion =
        new PromotionDocument(
            fields.word("boxId", BoxId::new, "a box id"),
            fields.number("version", 1, Long.MAX_VALUE),
            fields.text("sealed", LONGEST_SEALED));
    fields.end();
    return promotion;
  }

  /// Writes and signs it.
  public SignedDocument sign(DocumentSigner signer) {
    ObjectNode node = Json.object();
    node.put("boxId", boxId.value());
    node.put("version", version);
    node.put("sealed", sealed);
    return SignedDocument.sign(Schemas.PROMOTION, Json.write(node), signer);
  }
}
