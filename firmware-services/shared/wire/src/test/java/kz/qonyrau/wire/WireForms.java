package kz.qonyrau.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/// Reads each form that crosses the line and writes it again.
final class WireForms {

  private static final Map<String, Function<String, String>> READ_AND_WRITE = new TreeMap<>();

  static {
    READ_AND_WRITE.put("file", body -> text(DocumentFile.parse(body.getBytes(UTF_8)).write()));
    READ_AND_WRITE.put("envelope", body -> text(Envelope.parse(body.getBytes(UTF_8)).bytes()));
    READ_AND_WRITE.put(
        "enrolment", body -> text(EnrolmentRequest.parse(body.getBytes(UTF_8)).bytes()));
    READ_AND_WRITE.put("renewal", body -> text(RenewalRequest.parse(body.getBytes(UTF_8)).bytes()));
    READ_AND_WRITE.put(
        "notice",
        body ->
            NoticeDocument.parse(document(Schemas.NOTICE, body)).sign(SomeKeys.PROVIDER).text());
    READ_AND_WRITE.put(
        "blocklist",
        body ->
            BlocksDocument.parse(document(Schemas.BLOCKLIST, body)).sign(SomeKeys.PROVIDER).text());
    READ_AND_WRITE.put(
        "query",
        body ->
            QuestionsDocument.parse(document(Schemas.QUERY, body)).sign(SomeKeys.PROVIDER).text());
    READ_AND_WRITE.put(
        "promotion",
        body ->
            PromotionDocument.parse(document(Schemas.PROMOTION, body))
                .sign(SomeKeys.PROVIDER)
                .text());
    READ_AND_WRITE.put("promoted", within(PromotedRecording::read, PromotedRecording::write));
    READ_AND_WRITE.put("withdrawal", within(ReportedWithdrawal::read, ReportedWithdrawal::write));
    READ_AND_WRITE.put("question", within(Question::read, Question::write));
    READ_AND_WRITE.put("code", within(PassedCode::read, PassedCode::write));
    READ_AND_WRITE.put("answer", within(QuestionAnswer::read, QuestionAnswer::write));
    READ_AND_WRITE.put("case", body -> text(CaseReport.parse(body).body()));
    READ_AND_WRITE.put("complaint", within(ReportedComplaint::read, ReportedComplaint::write));
    READ_AND_WRITE.put("evidence", within(ReportedEvidence::read, ReportedEvidence::write));
    READ_AND_WRITE.put("block", within(BlockDirective::read, BlockDirective::write));
    READ_AND_WRITE.putAll(
        Map.of(
            "usage", body -> text(UsageReport.parse(body).body()),
            "heartbeat", body -> Heartbeat.parse(body).body(),
            "offline", body -> Offline.parse(body).body(),
            "receipt", body -> Receipt.parse(body).body(),
            "licence",
                body ->
                    LicenseDocument.parse(document(Schemas.LICENSE, body))
                        .sign(SomeKeys.PROVIDER)
                        .text(),
            "lease",
                body ->
                    LeaseDocument.parse(document(Schemas.LEASE, body))
                        .sign(SomeKeys.PROVIDER)
                        .text(),
            "tariff",
                body ->
                    PinDocument.parse(document(Schemas.TARIFF, body))
                        .sign(SomeKeys.PROVIDER)
                        .text(),
            "ledger", body -> text(BookStatement.parse(body).body()),
            "ack", body -> text(CommandAnswer.parse(body).body()),
            "command",
                body ->
                    CommandDocument.parse(document(Schemas.COMMAND, body))
                        .map(command -> command.sign(SomeKeys.PROVIDER).text())
                        .orElse(body)));
  }

  private WireForms() {}

  /// What stands within another form, sealed or not.
  private static <T> Function<String, String> within(
      Function<Fields, T> read, Function<T, ObjectNode> write) {
    return body -> {
      Fields fields = Json.object("test", body);
      T value = read.apply(fields);
      fields.end();
      return Json.write(write.apply(value));
    };
  }

  private static String text(byte[] bytes) {
    return Json.text("test", bytes);
  }

  private static SignedDocument document(String schema, String text) {
    return SignedDocument.sign(schema, text, SomeKeys.PROVIDER);
  }

  /// All names, sorted.
  static List<String> names() {
    return List.copyOf(READ_AND_WRITE.keySet());
  }

  static Function<String, String> named(String name) {
    Function<String, String> known = READ_AND_WRITE.get(name);
    if (known == null) {
      throw new AssertionError("nobody reads " + name);
    }
    return known;
  }
}
