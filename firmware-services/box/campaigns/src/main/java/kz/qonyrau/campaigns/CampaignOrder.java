package kz.qonyrau.campaigns;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import kz.qonyrau.vocabulary.ContactListId;

/// What a customer wants called, to whom, when and how (AC-CMP-01).
///
/// @param name 1 to 120 characters, and so the sender's name and contact
/// @param lists 1 to 50; a number that stands in several is called once
/// @param channels most calls at a time, 1 to 1000
/// @param callsPerMinute most calls begun in any 60 s, 20 to 5000 (AC-CAL-01)
/// @param priority its share of the box while other campaigns dial
/// @param ringing how long to let it ring, 20 s to 2 min (AC-CAL-05)
/// @param recordingBasis the lawful basis on which the calls are recorded; empty, as by default,
///   means that nothing is recorded (AC-REC-01, AC-REC-03)
/// @param asking empty if nothing is asked, and the call ends with the message
/// @param machines what a call does if no human answers
/// @param retries who is called again, when and how often
public record CampaignOrder(
    String name,
    Category category,
    String senderName,
    String senderContact,
    List<ContactListId> lists,
    Prompt prompt,
    Schedule schedule,
    int channels,
    int callsPerMinute,
    Priority priority,
    Duration ringing,
    Optional<String> recordingBasis,
    Optional<Asking> asking,
    MachineRule machines,
    RetryPolicy retries) {

  /// Everybody is given this long to answer (AC-CAL-05).
  public static final Duration SHORTEST_RINGING = Duration.ofSeconds(20);

  /// Longer than this nobody is rung (AC-CAL-05).
  public static final Duration LONGEST_RINGING = Duration.ofMinutes(2);

  /// @throws IllegalArgumentException if a value is out of its range; an [InvalidFieldException] if
  ///   it is one of the question's
  public CampaignOrder {
    lists = List.copyOf(lists);
    requireText("name", name, 120);
    requireText("sender's name", senderName, 120);
    requireText("sender's contact", senderContact, 120);
    recordingBasis.ifPresent(basis -> requireText("basis for recording", basis, 500));
    if (lists.isEmpty() || lists.size() > 50 || lists.stream().distinct().count() < lists.size()) {
      throw new IllegalArgumentException("a campaign has 1 to 50 different lists");
    }
    if (prompt instanceof Prompt.SpokenText(String text, var _, var _) && text.length() > 2000) {
      throw new IllegalArgumentException("a text to speak has 1 to 2000 characters");
    }
    asking.ifPresent(Asking::requireWritable);
    retries.requireFitting(machines);
    if (channels < 1 || channels > 1000) {
      throw new IllegalArgumentException("channels must be 1 to 1000, not " + channels);
    }
    if (callsPerMinute < 20 || callsPerMinute > 5000) {
      throw new IllegalArgumentException(
          "calls per minute must be 20 to 5000, not " + callsPerMinute);
    }
    if (ringing.compareTo(SHORTEST_RINGING) < 0 || ringing.compareTo(LONGEST_RINGING) > 0) {
      throw new IllegalArgumentException("ringing must be 20 s to 2 min, not " + ringing);
    }
  }

  private static void requireText(String what, String text, int longest) {
    if (text.isBlank() || text.length() > longest) {
      throw new IllegalArgumentException("the " + what + " needs 1 to " + longest + " characters");
    }
  }

  /// Whether the calls are recorded (AC-REC-01).
  public boolean record() {
    return recordingBasis.isPresent();
  }

  /// The language in which subscribers are spoken to, as far as it is known.
  public Locale language() {
    return asking
        .map(question -> question.language(prompt))
        .orElseGet(() ->
            prompt instanceof Prompt.SpokenText(var _, Locale language, var _)
                ? language
                : Prompt.USUAL_LANGUAGE);
  }

  /// The keys of the variables that any of the texts names.
  Set<String> keys() {
    Set<String> keys = new LinkedHashSet<>();
    if (prompt instanceof Prompt.SpokenText(String text, var _, var _)) {
      keys.addAll(PromptText.keys(text));
    }
    asking.stream().flatMap(Asking::texts).forEach(text -> keys.addAll(PromptText.keys(text)));
    return keys;
  }

  /// Everything that a call may say, the message first. What has variables in it has them unfilled.
  List<Prompt> prompts() {
    return Stream.concat(
            Stream.of(prompt), asking.stream().flatMap(one -> one.prompts(prompt).stream()))
        .distinct()
        .toList();
  }
}
