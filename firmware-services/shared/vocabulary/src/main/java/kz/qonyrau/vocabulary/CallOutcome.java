package kz.qonyrau.vocabulary;

/// The final result of one attempt to call a subscriber (AC-CAL-06). Each recipient of a campaign
/// gets exactly one.
public enum CallOutcome {
  /// Someone, or an answering machine, picked up.
  ANSWERED(FaultDomain.NONE),
  /// The line is in use.
  BUSY(FaultDomain.SUBSCRIBER),
  /// It rang and nobody picked up.
  NO_ANSWER(FaultDomain.SUBSCRIBER),
  /// The subscriber, or the network on his behalf, declined.
  REJECTED(FaultDomain.SUBSCRIBER),
  /// The subscriber's telephone is switched off or out of coverage.
  UNREACHABLE(FaultDomain.SUBSCRIBER),
  /// No such number.
  INVALID_NUMBER(FaultDomain.CUSTOMER),
  /// The carrier could not complete the call.
  OPERATOR_FAILURE(FaultDomain.OPERATOR),
  /// This product failed: lost Asterisk, lost power, a bug.
  PLATFORM_FAULT(FaultDomain.PLATFORM),
  /// The customer stopped the campaign while the call was being set up.
  CUSTOMER_ABORT(FaultDomain.CUSTOMER);

  private final FaultDomain faultDomain;

  CallOutcome(FaultDomain faultDomain) {
    this.faultDomain = faultDomain;
  }

  /// Whose side the cause lies on.
  public FaultDomain faultDomain() {
    return faultDomain;
  }
}
