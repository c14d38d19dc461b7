package kz.qonyrau.console;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import kz.qonyrau.calls.Calls;
import kz.qonyrau.calls.PlacedCall;
import kz.qonyrau.campaigns.AttemptResult;
import kz.qonyrau.campaigns.CampaignState;
import kz.qonyrau.campaigns.Consent;
import kz.qonyrau.campaigns.IdleReason;
import kz.qonyrau.campaigns.KazakhNumbers;
import kz.qonyrau.campaigns.NumberReading;
import kz.qonyrau.campaigns.TrialCall;
import kz.qonyrau.campaigns.TrialCalls;
import kz.qonyrau.campaigns.TrialResult;
import kz.qonyrau.console.OwnNumbers.Begun;
import kz.qonyrau.console.OwnNumbers.OwnNumber;
import kz.qonyrau.console.OwnNumbers.Proof;
import kz.qonyrau.vocabulary.CallId;
import kz.qonyrau.vocabulary.CampaignId;
import kz.qonyrau.vocabulary.Msisdn;
import kz.qonyrau.web.Answer;
import kz.qonyrau.web.Asked;
import kz.qonyrau.web.Desk;
import kz.qonyrau.web.Problem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The own number of whoever is signed in, and calls to it that try a campaign out (AC-CMP-08).
/// Nobody sees or calls another one's.
final class TrialRoutes {

  /// So many trial calls a login may have in any hour.
  static final int TRIALS_AN_HOUR = 10;

  private static final String LEFT_ALONE = "NUMBER_LEFT_ALONE";
  private static final String LEFT_ALONE_FIX =
      "This number is to be left alone. Take it off the list of blocked numbers first, or give"
          + " another one.";
  private static final Duration HOUR = Duration.ofHours(1);

  private static final Logger log = LoggerFactory.getLogger(TrialRoutes.class);

  private record NumberForm(String number, String language) {}

  private record CodeForm(String code) {}

  private record PendingView(String number, Instant until, int triesLeft) {}

  /// @param calling the trial call to the number, or to the one that is not proven yet, that is on
  ///   its way
  /// @param codesAgainAt when there are codes again; empty while there are some
  /// @param trialsAgainAt when there are trial calls again; empty while there are some
  private record OwnNumberView(
      Optional<String> number,
      Optional<Instant> provenAt,
      Optional<PendingView> pending,
      Optional<String> calling,
      int codesLeft,
      Optional<Instant> codesAgainAt,
      int trialsLeft,
      Optional<Instant> trialsAgainAt) {}

  private enum State {
    /// Not in the call log yet; money is being held.
    PREPARING,
    CALLING,
    ENDED,
    /// Nobody was rung, and nothing was charged.
    NOT_CALLED
  }

  private record TrialView(String callId, State state, Optional<String> why) {}

  private record PlacedView(String callId) {}

  private final OwnNumbers numbers;
  private final TrialCalls trials;
  private final Calls calls;
  private final InstantSource clock;
  private final KazakhNumbers reader = new KazakhNumbers();
  private final Map<String, Deque<Instant>> begun = new HashMap<>();

  TrialRoutes(OwnNumbers numbers, TrialCalls trials, Calls calls, InstantSource clock) {
    this.numbers = numbers;
    this.trials = trials;
    this.calls = calls;
    this.clock = clock;
  }

  Desk on(Desk desk) {
    return desk.on("ownNumber", asked -> Answer.ok(view(login(asked))))
        .on("setOwnNumber", this::set)
        .on("proveOwnNumber", this::prove)
        .on("forgetOwnNumber", this::forget)
        .on("callToTry", this::call)
        .on("trialCall", this::trial);
  }

  private static String login(Asked asked) {
    return asked.person().login();
  }

  private OwnNumberView view(String login) {
    return view(login, Optional.empty());
  }

  /// @param placed the call that was placed for this answer; it may be over
  private OwnNumberView view(String login, Optional<CallId> placed) {
    OwnNumber own = numbers.of(login).await();
    Deque<Instant> lately = lately(login);
    boolean noTrials = lately.size() >= TRIALS_AN_HOUR;
    return new OwnNumberView(
        own.proven().map(one -> one.number().e164()),
        own.proven().map(OwnNumbers.Proven::at),
        own.pending()
            .map(one -> new PendingView(one.number().e164(), one.until(), one.triesLeft())),
        placed
            .or(() -> own.pending().map(OwnNumbers.Pending::number).flatMap(trials::underWay))
            .or(() -> own.proven().map(OwnNumbers.Proven::number).flatMap(trials::underWay))
            .map(CallId::value),
        own.codesLeft(),
        own.codesLeft() > 0 ? Optional.empty() : Optional.of(numbers.tomorrow()),
        Math.max(0, TRIALS_AN_HOUR - lately.size()),
        noTrials ? Optional.of(lately.getFirst().plus(HOUR)) : Optional.empty());
  }

  /// Calls a number with a code. Whoever types it has heard it there.
  private Answer set(Asked asked) {
    NumberForm form = asked.body(NumberForm.class);
    Msisdn number = number(form.number());
    CallId call =
        switch (numbers.begin(login(asked), number).await()) {
          case Begun.TooMany(Instant until) ->
              throw Problem.tooMany(
                  "TOO_MANY_CODES",
                  "There were "
                      + OwnNumbers.MOST_CODES
                      + " calls with a code today. There are more after "
                      + until
                      + ".",
                  Duration.between(clock.instant(), until));
          case Begun.Made made -> say(login(asked), number, made, form.language());
        };
    log.atInfo()
        .addKeyValue("person", asked.person().loggable())
        .addKeyValue("call", call)
        .log("a number is called with a code");
    return Answer.accepted(view(login(asked), Optional.of(call)));
  }

  private CallId say(String login, Msisdn number, Begun.Made made, String language) {
    try {
      TrialResult result = trials.sayCode(number, SpokenCode.of(made.code(), language)).await();
      if (result instanceof TrialResult.LeftAlone) {
        throw CampaignRoutes.refused("number", LEFT_ALONE, LEFT_ALONE_FIX);
      }
      return placed(result);
    } catch (Throwable refused) { // await() rethrows the cause as it is.
      numbers.takeBack(login, made).await();
      throw refused;
    }
  }

  private Answer prove(Asked asked) {
    Proof proof = numbers.prove(login(asked), asked.body(CodeForm.class).code()).await();
    switch (proof) {
      case Proof.Done _ -> {
        log.atInfo().addKeyValue("person", asked.person().loggable()).log("own number proven");
        return Answer.ok(view(login(asked)));
      }
      case Proof.NothingPending _ ->
          throw Problem.conflict(
              "NO_CODE_PENDING", "No code is waited for. Have a number called with one first.");
      case Proof.Expired _ ->
          throw Problem.conflict(
              "CODE_EXPIRED", "The code has expired. Have the number called with another one.");
      case Proof.Spent _ ->
          throw Problem.conflict(
              "CODE_VOID",
              "There were too many wrong codes. Have the number called with another one.");
      case Proof.Wrong(int triesLeft) ->
          throw CampaignRoutes.refused(
              "code",
              "WRONG_CODE",
              "This is not the code that was said. Tries left: " + triesLeft + ".");
    }
  }

  private Answer forget(Asked asked) {
    numbers.forget(login(asked)).await();
    log.atInfo().addKeyValue("person", asked.person().loggable()).log("own number forgotten");
    return Answer.done();
  }

  private Answer call(Asked asked) {
    CampaignId campaign = asked.id("campaignId", CampaignId::new);
    Msisdn own =
        numbers
            .of(login(asked))
            .await()
            .proven()
            .map(OwnNumbers.Proven::number)
            .orElseThrow(() ->
                Problem.conflict(
                    "OWN_NUMBER_MISSING",
                    "Prove your own number first: have it called with a code."));
    Instant now = take(login(asked));
    CallId call;
    try {
      call = placed(trials.call(campaign, own).await());
    } catch (Throwable refused) { // await() rethrows the cause as it is.
      giveBack(login(asked), now);
      throw refused;
    }
    log.atInfo()
        .addKeyValue("person", asked.person().loggable())
        .addKeyValue("campaign", campaign)
        .addKeyValue("call", call)
        .log("campaign tried out");
    return Answer.accepted(new PlacedView(call.value()));
  }

  private Answer trial(Asked asked) {
    CallId id = asked.id("callId", CallId::new);
    Optional<TrialCall> trial = trials.find(id);
    Optional<PlacedCall> logged = calls.find(id).await();
    if (logged.isPresent()) {
      State state = logged.get().endedAt().isPresent() ? State.ENDED : State.CALLING;
      return Answer.ok(new TrialView(id.value(), state, Optional.empty()));
    }
    Optional<AttemptResult> result =
        trial.orElseThrow(() -> Problem.notFound("trial call")).result();
    return Answer.ok(
        new TrialView(
            id.value(),
            result.isPresent() ? State.NOT_CALLED : State.PREPARING,
            result.map(one ->
                one.notDialled()
                    .map(why ->
                        switch (why) {
                          case NO_FUNDS -> "NO_FUNDS";
                          case NO_PROMPT -> "VOICE_MISSING";
                        })
                    .orElse("FAULT"))));
  }

  private Msisdn number(String text) {
    return switch (reader.read(text)) {
      case NumberReading.Dialable(Msisdn number) -> number;
      case NumberReading.NoNumber(var code, String detail) ->
          throw CampaignRoutes.refused("number", code.name(), detail);
    };
  }

  private static CallId placed(TrialResult result) {
    return switch (result) {
      case TrialResult.Placed(CallId call) -> call;
      case TrialResult.NoSuchCampaign _ -> throw Problem.notFound("campaign");
      case TrialResult.Over(CampaignState state) ->
          throw Problem.conflict(
              "CAMPAIGN_" + state, "The campaign is " + state + "; copy it to try it out.");
      case TrialResult.LeftAlone(Consent _) -> throw Problem.conflict(LEFT_ALONE, LEFT_ALONE_FIX);
      case TrialResult.InCall _ ->
          throw Problem.conflict(
              "NUMBER_IN_CALL", "This number is being called right now. Wait for the end.");
      case TrialResult.Stopped(IdleReason reason) ->
          throw Problem.conflict(reason.name(), "The box may not call now: " + reason + ".");
      case TrialResult.NotHeard(List<Locale> languages) ->
          throw Problem.conflict(
              "NO_SPEECH_MODEL",
              "No speech model is installed for: "
                  + languages.stream().map(Locale::getLanguage).collect(Collectors.joining(", "))
                  + ". Install it, or take the language out of the question.");
      case TrialResult.NoVoice _ ->
          throw Problem.conflict(
              "VOICE_MISSING", "No voice speaks this language now. Look at the voices.");
      case TrialResult.Unspeakable _ ->
          throw Problem.conflict(
              "TRIAL_UNSPEAKABLE",
              "What this call would say cannot be said, with the values of the first contact in"
                  + " it. Change the text or choose another recording.");
      case TrialResult.NoFunds _ ->
          throw Problem.conflict("NO_FUNDS", "There is not enough money for this call. Top up.");
    };
  }

  /// Counts a trial call of a login, if it may have one now.
  private Instant take(String login) {
    synchronized (begun) {
      Instant now = clock.instant();
      Deque<Instant> lately = of(login, now);
      if (lately.size() >= TRIALS_AN_HOUR) {
        Instant again = lately.getFirst().plus(HOUR);
        throw Problem.tooMany(
            "TOO_MANY_TRIALS",
            "There were "
                + TRIALS_AN_HOUR
                + " trial calls within the hour. Again at "
                + again
                + ".",
            Duration.between(now, again));
      }
      lately.addLast(now);
      return now;
    }
  }

  /// What was refused does not count.
  private void giveBack(String login, Instant taken) {
    synchronized (begun) {
      of(login, clock.instant()).removeLastOccurrence(taken);
    }
  }

  private Deque<Instant> lately(String login) {
    synchronized (begun) {
      return new ArrayDeque<>(of(login, clock.instant()));
    }
  }

  /// Those of the last hour; what a clock that went back has put into the future is forgotten.
  private Deque<Instant> of(String login, Instant now) {
    Deque<Instant> lately = begun.computeIfAbsent(login, _ -> new ArrayDeque<>());
    lately.removeIf(at -> at.isAfter(now) || !at.isAfter(now.minus(HOUR)));
    return lately;
  }
}
