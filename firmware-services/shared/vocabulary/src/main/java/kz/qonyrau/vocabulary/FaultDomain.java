package kz.qonyrau.vocabulary;

/// Whose side a failed item is counted on: reports, compensation and alarms differ by it.
public enum FaultDomain {
  NONE,
  SUBSCRIBER,
  CUSTOMER,
  OPERATOR,
  PLATFORM
}
