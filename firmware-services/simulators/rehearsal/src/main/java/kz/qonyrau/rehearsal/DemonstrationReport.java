package kz.qonyrau.rehearsal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What a demonstration campaign did, counted from both sides.
///
/// @param recipients how many people were to be called
/// @param attempts attempts by outcome, from the call log
/// @param recordings recordings that are kept
/// @param recordingsFailed why the others of answered calls are not
/// @param transcripts calls with something understood
/// @param holds how often money was held
/// @param captures holds of which something was captured
/// @param releases holds that were released whole
/// @param balanceBeforeTiyn what could be spent before the campaign
/// @param balanceAfterTiyn what can be spent after it
/// @param heldAfterTiyn what is still held after it; nothing, if all is well
/// @param costTiyn what the calls say they cost
/// @param usageSent usage messages that left the outbox for good
/// @param usageStored usage messages that central stored and acknowledged
/// @param centralTiyn what central's mirror was debited
/// @param answers what subscribers answered to the question and what the box understood of it
/// @param ledgerSound whether the hash chain and the sums of the book are right
record DemonstrationReport(
    long recipients,
    Map<String, Long> attempts,
    long recordings,
    List<String> recordingsFailed,
    long transcripts,
    long holds,
    long captures,
    long releases,
    long balanceBeforeTiyn,
    long balanceAfterTiyn,
    long heldAfterTiyn,
    long costTiyn,
    long usageSent,
    long usageStored,
    long centralTiyn,
    AskedQuestion.Tally answers,
    boolean ledgerSound) {

  private static final JsonMapper JSON = new JsonMapper();

  DemonstrationReport {
    attempts = Map.copyOf(attempts);
    recordingsFailed = List.copyOf(recordingsFailed);
  }

  /// In words, what does not fit together; empty if everything does.
  List<String> disagreements() {
    List<String> wrong = new ArrayList<>();
    long all = attempts.values().stream().mapToLong(Long::longValue).sum();
    long answered = attempts.getOrDefault("ANSWERED", 0L);
    check(wrong, "attempts", all, "recipients", recipients);
    check(wrong, "holds", holds, "attempts", all);
    check(wrong, "captures", captures, "answered calls", answered);
    check(wrong, "releases", releases, "attempts without an answer", all - answered);
    check(wrong, "recordings", recordings, "answered calls", answered);
    recordingsFailed.forEach(why -> wrong.add("a recording was not kept: " + why));
    check(wrong, "usage messages sent", usageSent, "attempts", all);
    check(wrong, "usage messages stored by central", usageStored, "attempts", all);
    check(
        wrong,
        "the balance's fall",
        balanceBeforeTiyn - balanceAfterTiyn,
        "the cost of the calls",
        costTiyn);
    check(wrong, "central's debit", centralTiyn, "the cost of the calls", costTiyn);
    check(wrong, "money still held", heldAfterTiyn, "nothing", 0);
    // A recogniser may miss an answer or mistake one, which the report tells (AC-STT-03); a
    // language that it does not hear at all, or mistakes that are no exception, are a fault.
    for (String language : new TreeMap<>(answers.said()).keySet()) {
      if (answers.understood().getOrDefault(language, 0L) == 0) {
        wrong.add("no answer in '" + language + "' was understood: " + answers.missed());
      }
    }
    long understood = answers.understood().values().stream().mapToLong(Long::longValue).sum();
    if (answers.mistaken() > 0 && answers.mistaken() >= understood) {
      wrong.add(
          answers.mistaken() + " answers were mistaken, and only " + understood + " understood");
    }
    if (answered == 0 || transcripts == 0) {
      wrong.add("nobody answered, or nothing was understood");
    }
    if (!ledgerSound) {
      wrong.add("the ledger's chain or sums are broken");
    }
    return wrong;
  }

  String toJson() {
    ObjectNode node = JSON.createObjectNode();
    node.put("recipients", recipients);
    ObjectNode outcomes = node.putObject("attempts");
    new TreeMap<>(attempts).forEach(outcomes::put);
    node.put("recordings", recordings);
    ArrayNode failed = node.putArray("recordingsFailed");
    recordingsFailed.forEach(failed::add);
    node.put("transcripts", transcripts);
    node.put("holds", holds);
    node.put("captures", captures);
    node.put("releases", releases);
    node.put("balanceBeforeTiyn", balanceBeforeTiyn);
    node.put("balanceAfterTiyn", balanceAfterTiyn);
    node.put("heldAfterTiyn", heldAfterTiyn);
    node.put("costTiyn", costTiyn);
    node.put("usageSent", usageSent);
    node.put("usageStored", usageStored);
    node.put("centralTiyn", centralTiyn);
    ObjectNode given = node.putObject("answersGiven");
    new TreeMap<>(answers.said()).forEach(given::put);
    ObjectNode understood = node.putObject("answersUnderstood");
    new TreeMap<>(answers.understood()).forEach(understood::put);
    ArrayNode missed = node.putArray("answersMissed");
    answers.missed().forEach(missed::add);
    node.put("answersMistaken", answers.mistaken());
    node.put("ledgerSound", ledgerSound);
    node.put("agrees", disagreements().isEmpty());
    return node.toString();
  }

  private static void check(List<String> wrong, String what, long is, String of, long should) {
    if (is != should) {
      wrong.add(what + " (" + is + ") and " + of + " (" + should + ")");
    }
  }
}
