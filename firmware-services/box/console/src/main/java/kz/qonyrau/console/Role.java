package kz.qonyrau.console;

/// What a person is to this box. Every permission hangs on it, on the server side.
public enum Role {
  /// The business: everything that is his.
  OWNER,
  /// Looks after campaigns: sees what happens, changes nothing.
  OPERATOR,
  /// Looks after the box: no contacts, texts, recordings, transcripts or balances (PLT-19).
  TECHNICIAN;

  /// Whether subscribers' numbers, texts and the money may be seen.
  boolean seesBusiness() {
    return switch (this) {
      case OWNER, OPERATOR -> true;
      case TECHNICIAN -> false;
    };
  }
}
