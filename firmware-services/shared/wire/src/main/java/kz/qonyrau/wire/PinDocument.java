package kz.qonyrau.wire;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import kz.qonyrau.vocabulary.BoxId;
import tools.jackson.databind.node.ObjectNode;

/// By which price list a box rates, and since when (SH-TAR-03, SH-TAR-17). The list moves with the
/// customer's top-ups, not with publications.
///
/// @param boxId the only box it is good for
/// @param version counts this box's pins from 1; a box never goes back (PLT-10)
/// @param since from when the list rates this customer's use: the moment his top-up was credited
/// @param priceList the whole price list, as `shared/tariffs` reads it; 1 to 12 000 characters
public record PinDocument(BoxId boxId, long version, Instant since, String priceList)
    implements BoxDocument {

  private static final int LONGEST_LIST = 12_000;

  /// @throws MalformedMessageException if it makes no sense: see the components
  public PinDocument {
    since = since.truncatedTo(ChronoUnit.MILLIS);
    if (version < 1) {
      throw new MalformedMessageException("tariff.version", "is below 1");
    }
    if (priceList.isBlank() || priceList.length() > LONGEST_LIST) {
      throw new MalformedMessageException(
          "tariff.priceList", "does not have 1 to " + LONGEST_LIST + " characters");
    }
  }

  /// Reads the text of a signed pin. Neither the signature nor the price list is looked at.
  ///
  /// @throws MalformedMessageException if it is of another schema, or anything is wrong with it
  public static PinDocument parse(SignedDocument document) {
    if (!document.schema().equals(Schemas.TARIFF)) {
      throw new MalformedMessageException("tariff", "is not of schema " + Schemas.TARIFF);
    }
    Fields fields = Json.object("tariff", document.text());
    PinDocument pin =
        new PinDocument(
            fields.word("boxId", BoxId::new, "a box id"),
            fields.number("version", 1, Long.MAX_VALUE),
            fields.instant("since"),
            fields.text("priceList", LONGEST_LIST));
    fields.end();
    return pin;
  }

  /// Writes and signs it.
  public SignedDocument sign(DocumentSigner signer) {
    ObjectNode node = Json.object();
    node.put("boxId", boxId.value());
    node.put("version", version);
    node.put("since", since.toString());
    node.put("priceList", priceList);
    return SignedDocument.sign(Schemas.TARIFF, Json.write(node), signer);
  }
}
