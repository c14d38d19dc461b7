package kz.qonyrau.campaigns;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import kz.qonyrau.store.Store;
import kz.qonyrau.store.StoreSettings;
import kz.qonyrau.vocabulary.ContactListId;

/// Imports one file into a database on the disk and says what became of it: a program of its own,
/// so that a test can give it a heap of its own.
final class SmallHeapImport {

  private SmallHeapImport() {}

  /// The program.
  ///
  /// @param arguments the file, and a directory for the database
  public static void main(String... arguments) throws Exception {
    Path file = Path.of(arguments[0]);
    StoreSettings settings =
        new StoreSettings(
            "jdbc:derby:" + arguments[1], 2, Duration.ofSeconds(30), Optional.empty());
    try (Store store = Store.open(settings, List.of("CAMPAIGN"));
        ContactLists lists = new ContactLists(store, InstantSource.system())) {
      ContactListId id = ContactListId.random();
      var _ = lists.importFile(Uploads.asProposed(lists, id, file)).await();
      ContactList list = lists.whenImported(id).await().orElseThrow();
      System.out.println(
          list.state() + " " + list.contacts() + " " + list.duplicates() + " " + list.rejected());
    }
  }
}
