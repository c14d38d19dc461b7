package kz.qonyrau.campaigns;

/// What a column of an upload is imported as.
public enum ColumnRole {
  NUMBER,
  VARIABLE,
  IGNORED
}
