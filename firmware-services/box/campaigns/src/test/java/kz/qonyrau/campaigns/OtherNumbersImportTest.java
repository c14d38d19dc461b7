package kz.qonyrau.campaigns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import kz.qonyrau.vocabulary.ContactListId;
import kz.qonyrau.vocabulary.Msisdn;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Contacts with more than one number, from the file to the list.
final class OtherNumbersImportTest extends ImportRoom {

  @ParameterizedTest
  @ValueSource(
      strings = {"Телефон 2", "моб.", "Доп. телефон", "қосымша нөмір", "phone2", "Рабочий", "home"})
  @Tag("AC-CON-01")
  void aFurtherColumnOfNumbersIsProposedAsSuch(String title) throws IOException {
    Preview.Table table =
        readable(file("имя;телефон;" + title + "\nАйгуль;87010000001;87272500001\n"));

    assertThat(table.columns().stream().map(Column::role))
        .containsExactly(ColumnRole.VARIABLE, ColumnRole.NUMBER, ColumnRole.OTHER_NUMBER);
  }

  @Test
  @Tag("AC-CON-01")
  void whatIsNoFurtherNumberOfTheContactStaysAValue() throws IOException {
    Preview.Table table =
        readable(
            file(
                """
                телефон;код договора;телефон менеджера;номер заказа
                87010000001;87015550001;87010000099;1
                87010000002;87015550002;87010000099;2
                87010000003;87015550003;87010000099;3
                """));

    assertThat(table.columns().stream().map(Column::role))
        .containsExactly(
            ColumnRole.NUMBER, ColumnRole.VARIABLE, ColumnRole.VARIABLE, ColumnRole.VARIABLE);
  }

  @Test
  @Tag("AC-CON-01")
  @Tag("AC-CON-05")
  void aFurtherNumberThatCannotBeCalledIsLeftOutAndItsContactIsTaken() throws IOException {
    ContactList list =
        withOthers(
            file(
                """
                телефон;телефон 2;телефон 3
                87010000001;8 727 250 00 01;+7 (701) 000-00-01
                87010000002;+49 30 123456;abc
                87010000003;87272500001;87010000001
                87010000004;;87272500004
                87010000001;87272500099;
                """));

    assertThat(contacts(list).stream().map(contact -> contact.number().e164()))
        .containsExactly("+77010000001", "+77010000002", "+77010000003", "+77010000004");
    assertThat(contacts(list).stream().map(Contact::others))
        .containsExactly(
            List.of(new Msisdn("+77272500001")),
            List.of(),
            List.of(),
            List.of(new Msisdn("+77272500004")));
    assertThat(complaints(list))
        .containsExactly("3 FOREIGN", "3 NOT_A_NUMBER", "4 REPEATED_NUMBER", "4 REPEATED_NUMBER");
    assertThat(rejects(list)).allMatch(Reject::taken);
    assertThat(rejects(list).getFirst().detail()).startsWith("Column 2: ");
    assertThat(list.contacts()).isEqualTo(4);
    assertThat(list.duplicates()).isEqualTo(1);
    assertThat(list.rejected()).isZero();
    assertThat(list.otherNumbers()).isEqualTo(2);
    assertThat(list.numbersLeftOut()).isEqualTo(4);
  }

  /// As a person would have it whose second and third columns are numbers.
  private ContactList withOthers(Path file) throws IOException {
    ImportRequest proposed = request(ContactListId.random(), file);
    List<Column> columns =
        List.of(
            new Column(0, "", ColumnRole.NUMBER, Optional.empty()),
            new Column(1, "", ColumnRole.OTHER_NUMBER, Optional.empty()),
            new Column(2, "", ColumnRole.OTHER_NUMBER, Optional.empty()));
    return imported(
        new ImportRequest(
            proposed.list(),
            proposed.name(),
            file,
            new ImportOptions(proposed.options().form(), true, columns, Consent.UNKNOWN),
            proposed.by()));
  }

  @Test
  @Tag("AC-CON-01")
  void aContactIsFoundByEachOfHisNumbersAndOnce() throws IOException {
    ContactList list =
        imported(file("телефон;телефон 2\n87010000001;87272500001\n87010000002;87272500002\n"));

    for (String search : List.of("8 727 250 00 01", "2500001", "+77010000001")) {
      assertThat(await(lists.contacts(list.id(), 0, 10, search)).orElseThrow().items())
          .singleElement()
          .satisfies(one -> assertThat(one.number().e164()).isEqualTo("+77010000001"));
    }
  }

  @Test
  @Tag("AC-CON-07")
  void furtherNumbersGoWithTheirList() throws IOException {
    ContactList list = imported(file("телефон;телефон 2\n87010000001;87272500001\n"));
    assertThat(count("campaign.other_number")).isEqualTo(1);

    var _ = await(lists.delete(list.id()));

    assertThat(count("campaign.other_number")).isZero();
  }

  @Test
  @Tag("AC-CON-01")
  void aThirdFurtherColumnIsRefusedWithAWayOut() {
    List<Column> columns =
        List.of(
            new Column(0, "", ColumnRole.NUMBER, Optional.empty()),
            new Column(1, "", ColumnRole.OTHER_NUMBER, Optional.empty()),
            new Column(2, "", ColumnRole.OTHER_NUMBER, Optional.empty()),
            new Column(3, "", ColumnRole.OTHER_NUMBER, Optional.empty()));

    assertThatThrownBy(
            () -> new ImportOptions(new UploadForm.Workbook(0), true, columns, Consent.UNKNOWN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at most 2");
  }
}
