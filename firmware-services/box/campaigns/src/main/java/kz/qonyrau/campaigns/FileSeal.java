package kz.qonyrau.campaigns;

/// Encrypts files that customers leave here (SH-RET-06). Filled by whoever keeps the box's keys.
public interface FileSeal {

  /// Encrypts `plain` so that nobody can read or change it unnoticed.
  ///
  /// @param context what the bytes are; the same must be given to [#open]
  byte[] seal(byte[] plain, String context);

  /// Gives back what was sealed.
  ///
  /// @throws IllegalArgumentException if the bytes were changed, or sealed by another key or for
  ///   another context
  byte[] open(byte[] sealed, String context);
}
