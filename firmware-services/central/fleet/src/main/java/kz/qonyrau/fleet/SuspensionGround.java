package kz.qonyrau.fleet;

/// Why a customer, a box or a function of it may be suspended (SH-SUS-01).
public enum SuspensionGround {
  /// A plan is not paid, or not in full.
  UNPAID_PLAN,
  /// The agreement or the law was violated.
  VIOLATION,
  /// Somebody tries to break in.
  INTRUSION,
  /// What is done is suspicious or does harm.
  HARMFUL_ACTIVITY,
  /// The platform's stability or security is in danger.
  STABILITY_THREAT,
  /// The service is abused, or used in bad faith.
  ABUSE,
  /// Strangers have access.
  THIRD_PARTY_ACCESS,
  /// The prepaid money is used up.
  BALANCE_EXHAUSTED,
  /// A limit of the plan is exceeded.
  LIMIT_EXCEEDED,
  /// The customer's own clients or partners violated the terms.
  CLIENTS_VIOLATION,
  /// Something has to stop at once for security's sake; lifted as soon as the cause is gone.
  SECURITY_EMERGENCY,
  /// Documents that were asked for have not come.
  DOCUMENTS_MISSING,
  /// The provider's good name suffers.
  REPUTATION,
  /// The purpose is against the law.
  UNLAWFUL_PURPOSE,
  /// A rule of the club was broken, or something of it leaked.
  CLUB_BREACH
}
