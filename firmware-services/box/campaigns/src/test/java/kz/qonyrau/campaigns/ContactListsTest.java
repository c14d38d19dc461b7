package kz.qonyrau.campaigns;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import kz.qonyrau.vocabulary.Msisdn;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What people do to a list that has come in. How it comes in: [DetectionTest], [BadRowsTest] and
/// [ImportInterruptedTest].
@Tag("AC-CON-01")
@Timeout(60)
class ContactListsTest extends ImportRoom {

  @Test
  @Tag("AC-CON-02")
  void remembersWhoAnswersForAList() throws IOException {
    ContactList list = imported(file("номер\n87012345678\n"));
    Attestation attestation =
        new Attestation(
            "Клиенты магазина",
            LocalDate.parse("2025-01-01"),
            LocalDate.parse("2026-01-01"),
            true,
            false,
            "owner",
            clock.instant());

    var _ = await(lists.attest(list.id(), attestation));

    assertThat(await(lists.find(list.id())).orElseThrow().attestation()).contains(attestation);
  }

  @Test
  @Tag("AC-CON-03")
  void showsAWithdrawalInEveryList() throws IOException {
    ContactList list = imported(file("номер\n87012345678\n87012345679\n"));
    Suppressions suppressions = new Suppressions(store, clock);

    List<Msisdn> number = List.of(new Msisdn("+77012345678"));
    var _ = await(suppressions.add(number, BlockList.COMPLAINT, "called at night", "office"));
    var _ = await(suppressions.add(number, BlockList.SUBSCRIBER, "key 9", "system"));

    assertThat(contacts(list).stream().map(Contact::calls))
        .containsExactly(Consent.BLOCKED, Consent.UNKNOWN);
  }

  @Test
  @Tag("PLT-22")
  void isReadFromTheFirstRowToTheLastWithWhatTheFileSaidOfConsent() throws IOException {
    ContactList list = imported(file("номер;имя\n87012345678;А\n87012345679;Б\n87012345670;В\n"));
    var _ =
        await(
            new Suppressions(store, clock)
                .add(List.of(new Msisdn("+77012345679")), BlockList.OWN, "asked us to", "owner"));

    List<ListedContact> first = await(lists.listed(list.id(), 0, 2));
    assertThat(first).extracting(ListedContact::row).containsExactly(1, 2);
    assertThat(first).extracting(ListedContact::stated).containsOnly(Consent.UNKNOWN);
    assertThat(first)
        .extracting(one -> one.contact().calls())
        .containsExactly(Consent.UNKNOWN, Consent.BLOCKED);
    assertThat(await(lists.listed(list.id(), 2, 2)))
        .singleElement()
        .satisfies(one -> assertThat(one.contact().variables()).containsValue("В"));
    assertThat(await(lists.listed(list.id(), 3, 2))).isEmpty();

    var _ = await(lists.delete(list.id()));
    assertThat(await(lists.listed(list.id(), 0, 2))).isEmpty();
  }

  @Test
  void findsANumberByHowItBeginsOrEnds() throws IOException {
    ContactList list = imported(file("номер\n87012345678\n87012345679\n"));

    assertThat(await(lists.contacts(list.id(), 0, 10, "5 679")).orElseThrow().total()).isEqualTo(1);
    assertThat(await(lists.contacts(list.id(), 0, 10, "8 701 234 56 78")).orElseThrow().items())
        .hasSize(1);
    assertThat(await(lists.contacts(list.id(), 0, 10, "%")).orElseThrow().total()).isZero();
    assertThat(await(lists.contacts(list.id(), 1, 1, "")).orElseThrow().items())
        .extracting(contact -> contact.number().e164())
        .containsExactly("+77012345679");
  }

  @Test
  void renamesAndDeletes() throws IOException {
    ContactList list = imported(file("номер\n87012345678\n"));

    assertThat(await(lists.rename(list.id(), "Должники")))
        .isInstanceOfSatisfying(
            ListResult.Done.class, done -> assertThat(done.list().name()).isEqualTo("Должники"));
    assertThat(await(lists.delete(list.id()))).isInstanceOf(ListResult.Done.class);

    assertThat(await(lists.find(list.id()))).isEmpty();
    assertThat(await(lists.all())).isEmpty();
    assertThat(count("campaign.contact")).isZero();
    assertThat(await(lists.delete(list.id()))).isEqualTo(new ListResult.NoSuchList());
  }
}
