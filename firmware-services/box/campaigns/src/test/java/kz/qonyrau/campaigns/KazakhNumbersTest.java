package kz.qonyrau.campaigns;

import static org.assertj.core.api.Assertions.assertThat;

import kz.qonyrau.vocabulary.Msisdn;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("AC-CON-01")
@Tag("AC-CON-05")
@Tag("AC-CAL-02")
class KazakhNumbersTest {

  private final KazakhNumbers numbers = new KazakhNumbers();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "+77012345678",
        "77012345678",
        "87012345678",
        "7012345678",
        "+7 (701) 234-56-78",
        "8 701 234 56 78",
        "8(701)2345678",
        "8-701-234-56-78",
        "8–701–234–56–78",
        "8.701.234.56.78",
        "'+77012345678",
        "’87012345678",
        "=\"77012345678\"",
        "77012345678.0",
        "77012345678,00",
        "810 7 701 234 56 78",
        "00 7 701 2345678",
        "＋７ ７０１ ２３４ ５６ ７８",
        "\u00A0+7\u202F701\u2009234\u00A05678\u200B",
        "\u202A+77012345678\u202C",
        "٧٧٠١٢٣٤٥٦٧٨"
      })
  void readsAMobileNumberHoweverItIsWritten(String cell) {
    assertThat(numbers.read(cell))
        .isEqualTo(new NumberReading.Dialable(new Msisdn("+77012345678")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"+7 727 250 00 00", "8 (7172) 55 55 55", "87212345678", "+77005551234"})
  void acceptsCityNetworksAndEveryMobileRange(String cell) {
    assertThat(numbers.read(cell)).isInstanceOf(NumberReading.Dialable.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''                        | EMPTY_NUMBER
          '   '                     | EMPTY_NUMBER
          '\u00A0'                  | EMPTY_NUMBER
          '+79161234567'            | FOREIGN
          '89161234567'             | FOREIGN
          '9161234567'              | FOREIGN
          '+998901234567'           | FOREIGN
          '+1 202 555 0100'         | FOREIGN
          '00996555123456'          | FOREIGN
          '7.70123E+10'             | SCIENTIFIC_NOTATION
          '7,70123E+10'             | SCIENTIFIC_NOTATION
          '7E10'                    | SCIENTIFIC_NOTATION
          '7,70123Е+10'             | SCIENTIFIC_NOTATION
          '+76001234567'            | UNASSIGNED
          '+70001234567'            | UNASSIGNED
          '8 800 080 0880'          | SERVICE_NUMBER
          'нет'                     | NOT_A_NUMBER
          '12345'                   | NOT_A_NUMBER
          '+7701234567'             | NOT_A_NUMBER
          '+770123456789'           | NOT_A_NUMBER
          '87012345678 доб. 12'     | NOT_A_NUMBER
          '87012345678, 87012345679'| NOT_A_NUMBER
          '8701CALLNOW'             | NOT_A_NUMBER
          '=cmd /c calc!A1'         | NOT_A_NUMBER
          '+'                       | NOT_A_NUMBER
          '()-'                     | NOT_A_NUMBER
          '++77012345678'           | NOT_A_NUMBER
          """)
  void saysWhyACellIsNoNumberToCall(String cell, RejectCode code) {
    assertThat(numbers.read(cell))
        .isInstanceOfSatisfying(
            NumberReading.NoNumber.class,
            reading -> {
              assertThat(reading.code()).isEqualTo(code);
              assertThat(reading.detail()).isNotBlank().hasSizeLessThanOrEqualTo(200);
            });
  }

  @Test
  void namesTheSpreadsheetThatRoundedANumber() {
    assertThat(numbers.read("7.70123E+10"))
        .isInstanceOfSatisfying(
            NumberReading.NoNumber.class,
            reading -> assertThat(reading.detail()).contains("Excel"));
  }

  @Test
  void isNotImpressedByAnEndlessCell() {
    assertThat(numbers.read("7".repeat(1_000_000)))
        .isInstanceOfSatisfying(
            NumberReading.NoNumber.class,
            reading -> assertThat(reading.code()).isEqualTo(RejectCode.NOT_A_NUMBER));
  }
}
