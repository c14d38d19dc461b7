package kz.qonyrau.campaigns;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Function;
import kz.qonyrau.store.Store;
import kz.qonyrau.vocabulary.CampaignId;
import kz.qonyrau.vocabulary.ContactListId;

/// The customer's contact lists: preview, import, statement of origin, pages.
///
/// The provider never completes a list: what stands in it came from the customer's file
/// (AC-CON-01). Imports run one after the other on a thread of their own. Safe for use by several
/// threads; listeners are called on that thread or the store's and must return at once.
public final class ContactLists implements AutoCloseable {

  private final Store store;
  private final InstantSource clock;
  private final KazakhNumbers numbers = new KazakhNumbers();
  private final ExecutorService imports =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().name("list-import").factory());
  private final Map<ContactListId, ListImport> running = new ConcurrentHashMap<>();
  private final List<Consumer<ContactListId>> listeners = new CopyOnWriteArrayList<>();
  private final List<AlongReady> alongReady = new CopyOnWriteArrayList<>();
  private volatile Function<List<String>, Future<Void>> filesGo = _ -> Future.succeededFuture();

  /// The lists of a box. Imports run on a thread of their own until [#close].
  public ContactLists(Store store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  /// Calls `listener` with the list whenever one has changed, at most a few times a second for an
  /// import under way.
  public void onChange(Consumer<ContactListId> listener) {
    listeners.add(listener);
  }

  /// What others write down of a list that can be used now.
  public interface AlongReady {

    /// Called inside the transaction that makes the list READY.
    void ready(org.jdbi.v3.core.Handle handle, ContactList list);
  }

  /// Lets something stand or fall with each list's becoming READY.
  public void alongReady(AlongReady along) {
    alongReady.add(along);
  }

  /// Has `delete` told which files were beside a list that was deleted. Their rows are gone then.
  void whenFilesGo(Function<List<String>, Future<Void>> delete) {
    filesGo = delete;
  }

  /// Closes what a crash has left open: imports that were under way become FAILED with
  /// `INTERRUPTED`, their rows and those of deleted lists go. Call it once, before anything else.
  ///
  /// @return how many imports were interrupted
  public Future<Integer> recover() {
    return store
        .write(handle -> {
          List<ListTable.Stored> interrupted = ListTable.inState(handle, "IMPORTING");
          for (ListTable.Stored list : interrupted) {
            ListTable.setState(handle, list.listNo(), "FAILED", "INTERRUPTED");
          }
          return interrupted.size();
        })
        .compose(interrupted ->
            store
                .read(handle ->
                    List.of(
                        ListTable.inState(handle, "FAILED"), ListTable.inState(handle, "DELETED")))
                .compose(left -> {
                  Future<Void> done = Future.succeededFuture();
                  for (ListTable.Stored failed : left.get(0)) {
                    done = done.compose(_ -> purge(failed.listNo()));
                  }
                  for (ListTable.Stored deleted : left.get(1)) {
                    done = done.compose(_ -> purgeAndRemove(deleted.listNo()));
                  }
                  return done;
                })
                .map(interrupted));
  }

  /// Looks at an upload without importing anything. Blocks on the disk for some milliseconds.
  ///
  /// @throws IOException if the file cannot be read
  public Preview preview(Path upload, PreviewWishes wishes) throws IOException {
    return new Previewer(numbers).preview(upload, wishes);
  }

  /// Begins to import an upload and completes when the list exists as IMPORTING.
  ///
  /// Repeating it with the same list returns the list as it is, unless its import FAILED, when it
  /// is imported anew. The list shows no contact before it is READY.
  public Future<ListResult> importFile(ImportRequest request) {
    long bytes;
    try {
      bytes = Files.size(request.file());
    } catch (IOException failure) {
      return Future.failedFuture(failure);
    }
    return store
        .write(handle -> {
          Optional<ListTable.Stored> present = ListTable.find(handle, request.list());
          if (present.isEmpty()) {
            ListTable.insert(handle, request, clock.instant(), bytes);
          } else if (!present.get().state().equals("FAILED")
              || running.containsKey(request.list())) {
            return new Begun(present.get(), false);
          } else {
            ListTable.restart(handle, present.get().listNo(), request, bytes);
          }
          return new Begun(ListTable.find(handle, request.list()).orElseThrow(), true);
        })
        .map(begun -> {
          if (begun.list.isDeleted()) {
            return new ListResult.NoSuchList();
          }
          if (begun.fresh) {
            ListImport work =
                new ListImport(
                    store,
                    numbers,
                    begun.list.listNo(),
                    request,
                    handle ->
                        alongReady.forEach(along -> along.ready(handle, list(handle, request))),
                    () -> tell(request.list()));
            running.put(request.list(), work);
            imports.execute(() -> run(work, request.list()));
            tell(request.list());
          }
          return new ListResult.Done(begun.list.list());
        });
  }

  private static ContactList list(org.jdbi.v3.core.Handle handle, ImportRequest request) {
    return ListTable.find(handle, request.list()).orElseThrow().list();
  }

  private record Begun(ListTable.Stored list, boolean fresh) {}

  private void run(ListImport work, ContactListId list) {
    try {
      work.run();
    } finally {
      var _ = running.remove(list);
      work.ended();
      tell(list);
    }
  }

  /// Completes with the list when no import of it is under way.
  public Future<Optional<ContactList>> whenImported(ContactListId list) {
    ListImport work = running.get(list);
    Promise<Void> over = Promise.promise();
    if (work == null) {
      over.complete();
    } else {
      work.onEnd(over::tryComplete);
    }
    return over.future().compose(_ -> find(list));
  }

  /// Asks an import to stop; the list becomes FAILED with `CANCELLED`.
  ///
  /// @return whether an import was under way
  public boolean cancelImport(ContactListId list) {
    ListImport work = running.get(list);
    if (work == null) {
      return false;
    }
    work.cancel();
    return true;
  }

  /// A list as it stands now; empty if there is none, or it was deleted.
  public Future<Optional<ContactList>> find(ContactListId list) {
    return store.read(handle -> present(ListTable.find(handle, list)).map(ListTable.Stored::list));
  }

  /// All lists, newest first.
  public Future<List<ContactList>> all() {
    return store.read(
        handle -> ListTable.all(handle).stream().map(ListTable.Stored::list).toList());
  }

  /// Gives a list another name.
  ///
  /// @throws IllegalArgumentException if the name is blank or longer than 120 characters
  public Future<ListResult> rename(ContactListId list, String name) {
    requireName(name);
    return change(list, (handle, stored) -> ListTable.rename(handle, stored.listNo(), name));
  }

  static void requireName(String name) {
    if (name.isBlank() || name.length() > 120) {
      throw new IllegalArgumentException("a list's name has 1 to 120 characters");
    }
  }

  /// Records who answers for the numbers of a list. A later statement replaces an earlier one.
  public Future<ListResult> attest(ContactListId list, Attestation attestation) {
    return change(list, (handle, stored) -> ListTable.attest(handle, stored.listNo(), attestation));
  }

  private interface Change {
    void apply(org.jdbi.v3.core.Handle handle, ListTable.Stored list);
  }

  private Future<ListResult> change(ContactListId list, Change change) {
    return store
        .write(handle -> {
          Optional<ListTable.Stored> stored = present(ListTable.find(handle, list));
          if (stored.isEmpty()) {
            return (ListResult) new ListResult.NoSuchList();
          }
          change.apply(handle, stored.get());
          return new ListResult.Done(ListTable.find(handle, list).orElseThrow().list());
        })
        .onSuccess(result -> {
          if (result instanceof ListResult.Done) {
            tell(list);
          }
        });
  }

  /// Deletes a list, unless it is being imported or a campaign under way calls it. It is gone from
  /// every page and campaign at once; the rows and the files beside it follow (AC-CON-07).
  public Future<ListResult> delete(ContactListId list) {
    return store
        .write(handle -> {
          Optional<ListTable.Stored> stored = present(ListTable.find(handle, list));
          if (stored.isEmpty()) {
            return new Deletion(new ListResult.NoSuchList(), Optional.empty(), List.of());
          }
          if (stored.get().list().state() == ContactList.State.IMPORTING) {
            return new Deletion(
                new ListResult.WrongState(ContactList.State.IMPORTING),
                Optional.empty(),
                List.of());
          }
          Optional<CampaignId> user = CampaignTable.underWayWith(handle, list);
          if (user.isPresent()) {
            return new Deletion(new ListResult.InUse(user.get()), Optional.empty(), List.of());
          }
          ListTable.setState(handle, stored.get().listNo(), "DELETED", "");
          return new Deletion(
              new ListResult.Done(stored.get().list()),
              Optional.of(stored.get().listNo()),
              ListFileTable.removeAll(handle, stored.get().listNo()));
        })
        .compose(deletion -> {
          if (deletion.listNo.isEmpty()) {
            return Future.succeededFuture(deletion.result);
          }
          tell(list);
          return filesGo
              .apply(deletion.files)
              .compose(_ -> purgeAndRemove(deletion.listNo.get()))
              .map(deletion.result);
        });
  }

  private record Deletion(ListResult result, Optional<Long> listNo, List<String> files) {}

  private Future<Void> purge(long listNo) {
    return store
        .write(handle -> ListTable.purgeSome(handle, listNo))
        .compose(more -> more ? purge(listNo) : Future.succeededFuture());
  }

  private Future<Void> purgeAndRemove(long listNo) {
    return purge(listNo)
        .compose(_ ->
            store.write(handle -> {
              ListTable.remove(handle, listNo);
              return true;
            }))
        .mapEmpty();
  }

  /// A page of a READY list in the order of its file, or of what a search finds in the order of the
  /// numbers; empty if there is no such list.
  ///
  /// @param page counted from 0
  /// @param size 1 to 1000
  /// @param search how the number begins or ends, however it is written; blank for all. A search
  ///   finds 1000 at most, those of the first beginnings.
  public Future<Optional<Page<Contact>>> contacts(
      ContactListId list, int page, int size, String search) {
    Page.require(page, size);
    String digits = numbers.digitsOf(search);
    return store.read(handle ->
        present(ListTable.find(handle, list))
            .map(stored -> {
              if (stored.list().state() != ContactList.State.READY) {
                return new Page<>(0, List.of());
              }
              return search.isBlank()
                  ? new Page<>(
                      stored.list().contacts(),
                      ListTable.contacts(handle, stored, (long) page * size, size))
                  : ListTable.search(
                      handle,
                      stored,
                      NumberSearch.of(digits),
                      (int) Math.min((long) page * size, NumberSearch.MOST),
                      size);
            }));
  }

  /// The contacts of a READY list behind a row, in the order of its file: for whoever reads them
  /// all, since a page costs the same wherever it begins. Empty behind the last, and if there is no
  /// such list any more.
  ///
  /// @param after 0 for the first ones
  /// @param size 1 to 1000
  public Future<List<ListedContact>> listed(ContactListId list, int after, int size) {
    Page.require(after, size);
    return store.read(handle ->
        present(ListTable.find(handle, list))
            .filter(stored -> stored.list().state() == ContactList.State.READY)
            .map(stored -> ListTable.listed(handle, stored, after, size))
            .orElse(List.of()));
  }

  /// A page of the rows that were not imported, and of those that were without one of their
  /// contact's other numbers, by line; empty if there is no such list.
  ///
  /// @param page counted from 0
  /// @param size 1 to 1000
  public Future<Optional<Page<Reject>>> rejects(ContactListId list, int page, int size) {
    Page.require(page, size);
    return store.read(handle ->
        present(ListTable.find(handle, list))
            .map(stored ->
                new Page<>(
                    stored.list().rejected() + stored.list().numbersLeftOut(),
                    ListTable.rejects(handle, stored.listNo(), (long) page * size, size))));
  }

  private static Optional<ListTable.Stored> present(Optional<ListTable.Stored> stored) {
    return stored.filter(list -> !list.isDeleted());
  }

  private void tell(ContactListId list) {
    listeners.forEach(listener -> listener.accept(list));
  }

  /// Stops the import under way, which a later [#recover] or this call leaves FAILED, and waits for
  /// its thread.
  @Override
  public void close() {
    running.values().forEach(ListImport::cancel);
    imports.close();
  }
}
