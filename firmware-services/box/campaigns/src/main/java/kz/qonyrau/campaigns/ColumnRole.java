package kz.qonyrau.campaigns;

/// What a column of an upload is imported as.
public enum ColumnRole {
  NUMBER,
  /// Where else the contact can be reached; the list keeps it beside his number.
  OTHER_NUMBER,
  VARIABLE,
  IGNORED
}
