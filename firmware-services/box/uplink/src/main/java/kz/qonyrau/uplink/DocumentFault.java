package kz.qonyrau.uplink;

/// Why a document of central was not taken. What is held stays in force.
public enum DocumentFault {
  /// It is not signed by this box's provider.
  FORGED("DOCUMENT_REFUSED"),
  /// It is made out to another box.
  ANOTHER_BOX("DOCUMENT_REFUSED"),
  /// It is signed and this version cannot read it.
  UNREADABLE("DOCUMENT_REFUSED"),
  /// A newer one is held (PLT-10).
  OLDER("DOCUMENT_OLDER"),
  /// The version is held with another text.
  FORKED("DOCUMENT_FORKED");

  private final String code;

  DocumentFault(String code) {
    this.code = code;
  }

  /// The code that the line's status shows.
  public String code() {
    return code;
  }
}
