package kz.qonyrau.campaigns;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import kz.qonyrau.testsupport.Plug;
import kz.qonyrau.vocabulary.ContactListId;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A list is whole or invisible, whatever interrupts its import.
@Tag("AC-CON-01")
@Timeout(120)
class ImportInterruptedTest extends ImportRoom {

  @Test
  void showsNothingBeforeTheLastRowAndForgetsAnImportThatIsCancelled() throws Exception {
    StringBuilder text = new StringBuilder("номер\n");
    for (int i = 0; i < 30_000; i++) {
      text.append("8701%07d\n".formatted(i));
    }
    Path file = file(text.toString(), Charset.forName("windows-1251"));
    ContactListId id = ContactListId.random();
    List<ContactList.State> seen = new ArrayList<>();
    lists.onChange(list -> cancelAfterTheFirstRows(list, seen));

    var _ = await(lists.importFile(request(id, file)));
    ContactList list = await(lists.whenImported(id)).orElseThrow();

    assertThat(list.state()).isEqualTo(ContactList.State.FAILED);
    assertThat(list.failure()).contains("CANCELLED");
    assertThat(await(lists.contacts(id, 0, 10, "")).orElseThrow().items()).isEmpty();

    ContactLists again = new ContactLists(store, clock);
    var _ = await(again.importFile(request(id, file)));
    ContactList whole = await(again.whenImported(id)).orElseThrow();
    again.close();

    assertThat(whole.state()).isEqualTo(ContactList.State.READY);
    assertThat(whole.contacts()).isEqualTo(30_000);
    assertThat(whole.progress()).isEqualTo(1);
    assertThat(await(again.importFile(request(id, file)))).isEqualTo(new ListResult.Done(whole));
  }

  private void cancelAfterTheFirstRows(ContactListId list, List<ContactList.State> seen) {
    seen.add(ContactList.State.IMPORTING);
    if (seen.size() > 2) {
      var _ = lists.cancelImport(list);
    }
  }

  @Test
  void anImportThatACrashInterruptedIsFailedAndCanBeRepeated() throws IOException {
    Path file = file("номер\n87012345678\n");
    ContactListId id = ContactListId.random();
    var _ = await(lists.importFile(request(id, file)));
    var _ = await(lists.whenImported(id));
    // What a crash in the middle leaves behind.
    int left =
        await(
            store.write(
                handle -> handle.execute("UPDATE campaign.contact_list SET state = 'IMPORTING'")));
    assertThat(left).isEqualTo(1);

    int interrupted = await(lists.recover());
    assertThat(interrupted).isEqualTo(1);

    assertThat(await(lists.find(id)).orElseThrow().failure()).contains("INTERRUPTED");
    assertThat(count("campaign.contact")).isZero();
    var _ = await(lists.importFile(request(id, file)));
    assertThat(await(lists.whenImported(id)).orElseThrow().contacts()).isEqualTo(1);
  }

  /// Pulls the plug before the first statement, then before the second, and on until an import gets
  /// through. Each time the list is whole after a repetition, and never half visible.
  @Test
  void losesNothingWhicheverStatementIsTheLast() throws IOException {
    StringBuilder text = new StringBuilder("номер,имя\nнет,x\n");
    for (int i = 0; i < 1_100; i++) {
      text.append("8701%07d,Имя\n".formatted(i));
    }
    Path file = file(text.toString());
    boolean pulled = true;
    for (int statement = 1; pulled; statement++) {
      ContactListId id = ContactListId.random();

      Plug plug = Plug.in(store, statement);
      try {
        var _ = await(lists.importFile(request(id, file)));
        var _ = await(lists.whenImported(id));
      } catch (Plug.Pulled _) {
        // What a power cut looks like from here.
      }
      pulled = plug.isPulled();
      Plug.remove(store);

      Optional<ContactList> left = await(lists.find(id));
      if (left.isPresent() && left.get().state() != ContactList.State.READY) {
        assertThat(await(lists.contacts(id, 0, 10, "")).orElseThrow().items()).isEmpty();
      }
      int interrupted = await(lists.recover());
      assertThat(interrupted).isBetween(0, 1);
      var _ = await(lists.importFile(request(id, file)));
      ContactList whole = await(lists.whenImported(id)).orElseThrow();
      assertThat(whole.state()).isEqualTo(ContactList.State.READY);
      assertThat(whole.contacts()).isEqualTo(1_100);
      assertThat(whole.rejected()).isEqualTo(1);
      var _ = await(lists.delete(id));
    }
    assertThat(count("campaign.contact")).isZero();
    assertThat(count("campaign.reject")).isZero();
  }
}
