package kz.qonyrau.integrations;

/// Seals what must not be readable on the disk.
public interface Seal {

  /// Makes it unreadable.
  ///
  /// @param context what it is sealed for; it opens for that alone
  byte[] seal(byte[] plain, String context);

  /// Makes it readable again.
  ///
  /// @throws RuntimeException if it was not sealed by this box, or for something else
  byte[] open(byte[] sealed, String context);
}
