package kz.qonyrau.campaigns;

/// At which number of a contact the next call is made.
public enum NextNumber {
  /// The one that was called last.
  SAME,
  /// The next of his numbers in the order of the list, behind the last one the first again; a
  /// contact with one number is called there.
  OTHER
}
