package kz.qonyrau.campaigns;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import kz.qonyrau.campaigns.Standing.Voiced;
import kz.qonyrau.store.Store;
import kz.qonyrau.vocabulary.CampaignId;
import org.jspecify.annotations.Nullable;

/// Has what calls will say made ready before anybody is rung, for one stretch of recipients of each
/// campaign at a time: what everybody hears once, what holds a recipient's own values for him.
///
/// For the dialer's thread alone.
final class PromptsAhead {

  /// How many recipients' own prompts are made ready at a time, and how far ahead of the dialling.
  /// Prompts further ahead might have to make room for others before they are heard.
  private static final int SPOKEN_AT_ONCE = 20;

  private static final int SPOKEN_AHEAD = 500;
  private static final Duration SPEAK_AGAIN = Duration.ofSeconds(60);

  private final Store store;
  private final InstantSource clock;
  private final CallDesk desk;
  private final Runnable wake;
  private final Map<CampaignId, Ahead> campaigns = new HashMap<>();
  private final Queue<Spoken> spoken = new ConcurrentLinkedQueue<>();

  /// How far a campaign is.
  private static final class Ahead {

    /// Up to which recipient everything is ready.
    int ready;

    /// Whether what everybody hears is.
    boolean shared;

    boolean speaking;
    Instant speakAgain = Instant.MIN;
  }

  /// What was made ready.
  ///
  /// @param upTo the last recipient who has all of his
  /// @param possible whether the voice speaks
  private record Spoken(CampaignId campaign, int upTo, boolean possible) {}

  /// @param wake called on any thread when there is something to take
  PromptsAhead(Store store, InstantSource clock, CallDesk desk, Runnable wake) {
    this.store = store;
    this.clock = clock;
    this.desk = desk;
    this.wake = wake;
  }

  /// The last recipient for whom everything is ready, 0 if there is none yet.
  int readyUpTo(CampaignId campaign) {
    return at(campaign).ready;
  }

  /// How far the messages of a campaign are, if they hold recipients' own values.
  Optional<Voiced> voiced(CampaignTable.Stored stored) {
    return stored.order().prompts().stream().anyMatch(PromptsAhead::isPersonal)
        ? Optional.of(new Voiced(readyUpTo(stored.id()), stored.lastSeq()))
        : Optional.empty();
  }

  private static boolean isPersonal(Prompt prompt) {
    return prompt instanceof Prompt.SpokenText(String text, var _, var _)
        && !PromptText.keys(text).isEmpty();
  }

  void forget(CampaignId campaign) {
    campaigns.remove(campaign);
  }

  private Ahead at(CampaignId campaign) {
    return campaigns.computeIfAbsent(campaign, _ -> new Ahead());
  }

  /// Has a campaign's voice tried at once, although it did not speak a moment ago.
  void speakSoon(CampaignId campaign) {
    at(campaign).speakAgain = Instant.MIN;
  }

  /// Begins with the next stretch of a campaign if it is due.
  ///
  /// @param dialled up to which recipient the dialling is
  void speak(CampaignTable.Stored stored, int dialled) {
    Ahead one = at(stored.id());
    List<Prompt> own = new ArrayList<>();
    List<Prompt> everybodys = new ArrayList<>();
    for (Prompt prompt : stored.order().prompts()) {
      (isPersonal(prompt) ? own : everybodys).add(prompt);
    }
    int each = Math.max(1, own.size());
    int ahead = Math.max(SPOKEN_AT_ONCE, SPOKEN_AHEAD / each);
    if (one.speaking
        || one.ready >= stored.lastSeq()
        || one.ready >= dialled + ahead
        || clock.instant().isBefore(one.speakAgain)) {
      return;
    }
    one.speaking = true;
    int from = one.ready;
    int stretch = Math.max(1, SPOKEN_AT_ONCE / each);
    int to = own.isEmpty() ? stored.lastSeq() : Math.min(from + stretch, stored.lastSeq());
    Set<Prompt> prompts = new LinkedHashSet<>(one.shared ? List.of() : everybodys);
    if (!own.isEmpty()) {
      List<Map<String, String>> values =
          store
              .read(handle -> RecipientVariables.ofPending(handle, stored.campaignNo(), from, to))
              .await();
      for (Map<String, String> variables : values) {
        for (Prompt prompt : own) {
          try {
            prompts.add(prompt.filled(variables));
          } catch (IllegalArgumentException _) {
            // Values left the text blank or too long; the attempt will say so.
          }
        }
      }
    }
    // What cannot be said at all fails with its own attempt and stops nobody else.
    List<Future<Boolean>> ready =
        prompts.stream().map(prompt -> desk.makeReady(prompt).otherwise(true)).toList();
    Future.join(ready)
        .onComplete(_ -> {
          spoken.add(
              new Spoken(
                  stored.id(),
                  to,
                  ready.stream().allMatch(answer -> Boolean.TRUE.equals(answer.result()))));
          wake.run();
        });
  }

  /// Takes note of what has been made ready since.
  ///
  /// @return the campaigns for which the voice does not speak; they are tried again in a minute
  List<CampaignId> take() {
    List<CampaignId> mute = new ArrayList<>();
    @Nullable Spoken next = spoken.poll();
    while (next != null) {
      Ahead one = campaigns.get(next.campaign());
      if (one != null) {
        one.speaking = false;
        if (next.possible()) {
          one.shared = true;
          one.ready = Math.max(one.ready, next.upTo());
        } else {
          one.speakAgain = clock.instant().plus(SPEAK_AGAIN);
          mute.add(next.campaign());
        }
      }
      next = spoken.poll();
    }
    return mute;
  }
}
