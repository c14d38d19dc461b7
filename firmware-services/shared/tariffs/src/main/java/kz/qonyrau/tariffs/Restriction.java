package kz.qonyrau.tariffs;

/// What may not be done with money (SH-TAR-10).
public enum Restriction {
  NO_WITHDRAWAL,
  NO_REFUND
}
