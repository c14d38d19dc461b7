package kz.qonyrau.wire;

/// Where the provider may publish a customer's recording (SH-NOT-11).
public enum PromotionOutlet {
  /// The provider's own site.
  SITE,
  /// Social networks.
  SOCIAL
}
