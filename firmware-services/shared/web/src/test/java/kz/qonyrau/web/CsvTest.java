package kz.qonyrau.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CsvTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "plain|\"plain\"",
        "=1+1|\"'=1+1\"",
        "+7 701|\"'+7 701\"",
        "-5|\"'-5\"",
        "@SUM(A1)|\"'@SUM(A1)\"",
        "say \"x\"|\"say \"\"x\"\"\"",
        "a;b|\"a;b\"",
      })
  void cellsAreQuotedAndNoFormulas(String text, String cell) {
    assertThat(Csv.cell(text)).isEqualTo(cell);
  }
}
