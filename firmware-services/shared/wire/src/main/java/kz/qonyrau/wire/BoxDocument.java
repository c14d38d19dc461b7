package kz.qonyrau.wire;

import java.util.List;
import kz.qonyrau.vocabulary.BoxId;

/// What central signs for one box, and of which the box holds the newest version (PLT-10).
public sealed interface BoxDocument
    permits LicenseDocument,
        LeaseDocument,
        PinDocument,
        NoticeDocument,
        BlocksDocument,
        QuestionsDocument,
        PromotionDocument {

  /// The only box it is good for.
  BoxId boxId();

  /// Counts this box's documents of the kind, from 1.
  long version();

  /// The kinds of topics on which documents come, one for each.
  static List<TopicKind> kinds() {
    return List.of(
        TopicKind.LICENCE,
        TopicKind.LEASE,
        TopicKind.TARIFF,
        TopicKind.NOTICE,
        TopicKind.BLOCKLIST,
        TopicKind.QUERY,
        TopicKind.PROMOTION);
  }

  /// Reads the text of a document by its own schema. The signature is not looked at.
  ///
  /// @throws MalformedMessageException if it is of no schema that is known here, or anything is
  ///   wrong with it
  static BoxDocument parse(SignedDocument document) {
    return switch (document.schema()) {
      case Schemas.LICENSE -> LicenseDocument.parse(document);
      case Schemas.LEASE -> LeaseDocument.parse(document);
      case Schemas.TARIFF -> PinDocument.parse(document);
      case Schemas.NOTICE -> NoticeDocument.parse(document);
      case Schemas.BLOCKLIST -> BlocksDocument.parse(document);
      case Schemas.QUERY -> QuestionsDocument.parse(document);
      case Schemas.PROMOTION -> PromotionDocument.parse(document);
      default -> throw new MalformedMessageException("document", "is of an unknown schema");
    };
  }
}
