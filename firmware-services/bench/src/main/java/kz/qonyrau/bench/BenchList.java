package kz.qonyrau.bench;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Locale;
import kz.qonyrau.campaigns.Attestation;
import kz.qonyrau.campaigns.Consent;
import kz.qonyrau.campaigns.ContactLists;
import kz.qonyrau.campaigns.ImportOptions;
import kz.qonyrau.campaigns.ImportRequest;
import kz.qonyrau.campaigns.Preview;
import kz.qonyrau.campaigns.PreviewWishes;
import kz.qonyrau.vocabulary.AstanaTime;
import kz.qonyrau.vocabulary.ContactListId;

/// A list of so many contacts, the numbers from +7 701 000 00 00 on, each with a name.
final class BenchList {

  private BenchList() {}

  /// Imports it from a file in that directory, and states that its numbers may be called.
  static ContactListId imported(ContactLists lists, Path data, int contacts, Clock clock)
      throws IOException {
    Path file = data.resolve("contacts.csv");
    try (BufferedWriter writer = Files.newBufferedWriter(file)) {
      writer.write("number;name\n");
      for (int i = 0; i < contacts; i++) {
        writer.write("+7701" + String.format(Locale.ROOT, "%07d", i) + ";Contact " + i + "\n");
      }
    }
    if (!(lists.preview(file, PreviewWishes.NONE) instanceof Preview.Table table)) {
      throw new IllegalStateException("the list is no table");
    }
    ContactListId id = ContactListId.random();
    var _ =
        lists
            .importFile(
                new ImportRequest(
                    id,
                    "bench",
                    file,
                    new ImportOptions(
                        table.form(), table.header(), table.columns(), Consent.GRANTED),
                    "bench"))
            .await();
    var _ = lists.whenImported(id).await();
    LocalDate today = AstanaTime.dateOf(clock.instant());
    var _ =
        lists
            .attest(
                id,
                new Attestation(
                    "benchmark", today.minusDays(1), today, true, false, "bench", clock.instant()))
            .await();
    return id;
  }
}
