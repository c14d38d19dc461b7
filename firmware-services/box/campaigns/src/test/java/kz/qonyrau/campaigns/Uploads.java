package kz.qonyrau.campaigns;

import java.io.IOException;
import java.nio.file.Path;
import kz.qonyrau.vocabulary.ContactListId;

/// Uploads of a person who takes every proposal of the preview.
final class Uploads {

  private Uploads() {}

  /// @throws IllegalStateException if the file is no table
  static ImportRequest asProposed(ContactLists lists, ContactListId id, Path file)
      throws IOException {
    return asProposed(lists, id, file, Consent.UNKNOWN);
  }

  /// The same, who also says what the people of the list have agreed to.
  static ImportRequest asProposed(ContactLists lists, ContactListId id, Path file, Consent consent)
      throws IOException {
    if (!(lists.preview(file, PreviewWishes.NONE) instanceof Preview.Table preview)) {
      throw new IllegalStateException("no table: " + file);
    }
    return new ImportRequest(
        id,
        "list",
        file,
        new ImportOptions(preview.form(), preview.header(), preview.columns(), consent),
        "owner");
  }
}
