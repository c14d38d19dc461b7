package kz.qonyrau.campaigns;

/// The lists of numbers that no campaign may reach. A number may stand in several; each entry is
/// made and lifted by itself.
public enum BlockList {
  /// The customer's own.
  OWN(Consent.BLOCKED),
  /// Subscribers who withdrew their consent (AC-CON-04).
  SUBSCRIBER(Consent.WITHDRAWN),
  /// Complaints that are being looked into, or were confirmed.
  COMPLAINT(Consent.BLOCKED),
  /// The provider's.
  CENTER(Consent.BLOCKED),
  /// By law or by order of a court.
  LEGAL(Consent.BLOCKED);

  private final Consent status;

  BlockList(Consent status) {
    this.status = status;
  }

  /// What an entry means for the consent of a contact.
  public Consent status() {
    return status;
  }

  /// Whether an entry is said of the person and not of his telephone. Who asked not to be called,
  /// who complained, and whom the law protects is not called at another number either.
  boolean isPersonal() {
    return this == SUBSCRIBER || this == COMPLAINT || this == LEGAL;
  }

  /// Whether the customer may lift an entry, his own at any time, a withdrawal when the subscriber
  /// has agreed again.
  public boolean isCustomers() {
    return this == OWN || this == SUBSCRIBER;
  }
}
