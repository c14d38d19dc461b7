package kz.qonyrau.campaigns;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import kz.qonyrau.store.Store;
import kz.qonyrau.testsupport.SteppedClock;
import kz.qonyrau.testsupport.TemporaryStore;
import kz.qonyrau.vocabulary.ContactListId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// Contact lists with their store, and files to import into them.
abstract class ImportRoom {

  @RegisterExtension final TemporaryStore database = TemporaryStore.with("CAMPAIGN");
  @TempDir Path directory;

  final SteppedClock clock = SteppedClock.at("2026-11-24T04:00:00Z");
  Store store;
  ContactLists lists;

  @BeforeEach
  void open() {
    store = database.store();
    lists = new ContactLists(store, clock);
  }

  @AfterEach
  void close() {
    lists.close();
  }

  final Preview.Table readable(Path file) throws IOException {
    return (Preview.Table) lists.preview(file, PreviewWishes.NONE);
  }

  final ContactList imported(Path file) throws IOException {
    ContactList list = imported(request(ContactListId.random(), file));
    assertThat(list.state()).isEqualTo(ContactList.State.READY);
    return list;
  }

  final ContactList imported(ImportRequest request) throws IOException {
    var _ = await(lists.importFile(request));
    return await(lists.whenImported(request.list())).orElseThrow();
  }

  /// Imports a file whose letters were detected as others.
  final ContactList imported(Path file, TextEncoding encoding) throws IOException {
    ImportRequest proposed = request(ContactListId.random(), file);
    ImportOptions options = proposed.options();
    return imported(
        new ImportRequest(
            proposed.list(),
            proposed.name(),
            file,
            new ImportOptions(
                new UploadForm.Text(encoding, ((UploadForm.Text) options.form()).delimiter()),
                options.header(),
                options.columns(),
                options.consent()),
            proposed.by()));
  }

  final ImportRequest request(ContactListId id, Path file) throws IOException {
    return Uploads.asProposed(lists, id, file);
  }

  final Path file(String text) throws IOException {
    return file(text, StandardCharsets.UTF_8);
  }

  final Path file(String text, Charset charset) throws IOException {
    Path file = directory.resolve("upload.csv");
    Files.write(file, text.getBytes(charset));
    return file;
  }

  final List<Contact> contacts(ContactList list) {
    return await(lists.contacts(list.id(), 0, 1000, "")).orElseThrow().items();
  }

  final List<Reject> rejects(ContactList list) {
    return await(lists.rejects(list.id(), 0, 1000)).orElseThrow().items();
  }

  /// The rows that were refused, each as its line and the code.
  final List<String> complaints(ContactList list) {
    return rejects(list).stream().map(reject -> reject.line() + " " + reject.code()).toList();
  }

  final long count(String table) {
    return await(
        store.read(
            handle -> handle.createQuery("SELECT COUNT(*) FROM " + table).mapTo(Long.class).one()));
  }

  static <T> T await(Future<T> future) {
    return future.await();
  }
}
