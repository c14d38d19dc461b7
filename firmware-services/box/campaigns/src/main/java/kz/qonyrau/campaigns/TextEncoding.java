package kz.qonyrau.campaigns;

/// How the letters of an upload are written. A byte-order mark, where there is one, is not part of
/// the text; UTF-16 without one is read in the order in which it looks like text.
public enum TextEncoding {
  UTF_8,
  UTF_16,
  WINDOWS_1251
}
