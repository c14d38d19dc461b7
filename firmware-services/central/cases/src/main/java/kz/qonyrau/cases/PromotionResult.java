package kz.qonyrau.cases;

/// What became of a step with a [Promotion]. Only [Done] has changed anything, and not even that if
/// the same was done before.
public sealed interface PromotionResult {

  /// It is so now.
  record Done(Promotion promotion) implements PromotionResult {}

  /// It cannot be done.
  record Refused(Refusal why) implements PromotionResult {}

  /// Why something cannot be done.
  enum Refusal {
    NO_SUCH_PROMOTION,
    NO_SUCH_PUBLICATION,
    NO_SUCH_BOX,
    /// The message gave consent to something else already.
    MESSAGE_TAKEN,
    /// Another message's consent to publish this recording stands.
    CONSENT_STANDS,
    /// The box has as many open recordings as it can be told of.
    BOX_FULL,
    /// A time is later than now.
    IN_THE_FUTURE,
    /// Something would have been done before the consent was given.
    BEFORE_THE_CONSENT,
    /// The consent was withdrawn, which is for good.
    WITHDRAWN,
    /// The consent is for other places.
    BEYOND_THE_CONSENT,
    /// It is published at that place already.
    PUBLISHED_THERE,
    /// It is published as often as one consent may be used.
    TOO_MANY_PUBLICATIONS,
    /// It would have been removed before it was published.
    BEFORE_THE_PUBLICATION
  }
}
