package kz.qonyrau.complaints;

import java.util.List;
import kz.qonyrau.campaigns.ConsentStatement;
import kz.qonyrau.campaigns.ContactCards;
import kz.qonyrau.vocabulary.Msisdn;
import kz.qonyrau.wire.ReportedEvidence;
import kz.qonyrau.wire.ReportedEvidence.ConsentRecord;
import org.jdbi.v3.core.Handle;

/// What the box's lists say of a number's consent, as an answer to a complaint takes it along
/// (AC-SPM-04). A list for which nobody answers says nothing.
final class ConsentRecords {

  private final ContactCards cards;

  ConsentRecords(ContactCards cards) {
    this.cards = cards;
  }

  /// The newest list first, as many as an answer may have.
  List<ConsentRecord> of(Handle handle, Msisdn number) {
    return cards.consent(handle, number).stream()
        .limit(ReportedEvidence.MOST_RECORDS)
        .map(ConsentRecords::record)
        .toList();
  }

  private static ConsentRecord record(ConsentStatement statement) {
    return new ConsentRecord(
        plain(statement.list()),
        statement.importedAt(),
        plain(statement.attestation().origin()),
        statement.attestation().forCalls(),
        statement.attestation().forMessages(),
        plain(statement.attestation().statedBy()),
        statement.attestation().statedAt());
  }

  /// What people pasted into a name may have characters that no message carries.
  private static String plain(String text) {
    StringBuilder plain = new StringBuilder(text.length());
    text.chars().forEach(each -> plain.append(Character.isISOControl(each) ? ' ' : (char) each));
    return plain.toString().isBlank() ? "-" : plain.toString();
  }
}
