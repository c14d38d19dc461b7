package kz.qonyrau.campaigns;

import java.nio.file.Path;
import kz.qonyrau.vocabulary.ContactListId;

/// The wish to make a list of an upload.
///
/// @param list chosen by the caller and kept over repetitions
/// @param name 1 to 120 characters
/// @param file must stay where it is until the import has ended
/// @param by the person's login
public record ImportRequest(
    ContactListId list, String name, Path file, ImportOptions options, String by) {

  /// @throws IllegalArgumentException if a text is blank or too long
  public ImportRequest {
    ContactLists.requireName(name);
    if (by.isBlank() || by.length() > 100) {
      throw new IllegalArgumentException("who imports needs 1 to 100 characters");
    }
  }
}
