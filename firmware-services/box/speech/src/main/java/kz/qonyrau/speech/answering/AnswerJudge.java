package kz.qonyrau.speech.answering;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import kz.qonyrau.speech.answering.Answer.Announcement;
import kz.qonyrau.speech.answering.Answer.Fax;
import kz.qonyrau.speech.answering.Answer.Human;
import kz.qonyrau.speech.answering.Answer.Machine;
import kz.qonyrau.speech.answering.Answer.Reason;
import kz.qonyrau.speech.answering.Answer.Silence;
import kz.qonyrau.speech.answering.Evidence.Rule;
import kz.qonyrau.speech.answering.Finding.MessageMayBegin;
import kz.qonyrau.speech.answering.Finding.Verdict;
import kz.qonyrau.speech.answering.Phrase.Kind;
import org.jspecify.annotations.Nullable;

/// Decides who answered.
///
/// Pure: it has no clock, no thread and no audio, and the same events give the same findings.
///
/// Before the call is answered only the network can speak, and only what it says or signals counts;
/// ringing and music do not. Nobody waits then, so it is heard to the end of its sentence, and of
/// several languages the surest counts. After the answer:
///
/// | what happens | verdict |
/// |---|---|
/// | a key | human |
/// | fax tones; busy, congestion | fax; announcement |
/// | a phrase of the tables | machine, or announcement with its reason |
/// | a beep after something was said | machine |
/// | words that people answer with, then a pause | human |
/// | something short, then a pause | human |
/// | talk without a pause and without words that people answer with | machine, or announcement |
/// | less of it, with a word that machines use | machine, or announcement |
/// | special information tone | announcement |
/// | nothing at all | silence |
/// | none of it in time | human |
///
/// In the first 15 s a later verdict may replace the first: silence gives way to anything; a human
/// to a machine's phrase, to a beep unless words told the human, and, if there was only doubt, to
/// talk that never pauses; a machine that only talked for long, to a phrase; and the reason of an
/// announcement may come behind. A key always means a human. Where one language's recogniser hears
/// a phrase of a machine and another's the words of a human, the surer one was right. Words are
/// believed only while somebody speaks and for 3 s after: a recogniser also hears words in beeps
/// and in echo.
public final class AnswerJudge {

  /// Less than that before a beep is no greeting; people's phones beep, too.
  private static final Duration SHORTEST_GREETING = Duration.ofMillis(500);

  /// A beep belongs to the greeting before it.
  private static final Duration BEEP_AFTER = Duration.ofSeconds(4);

  /// What is still being said may change.
  private static final Duration SETTLING = Duration.ofMillis(200);

  /// The same before the answer, for announcements that go round without a pause.
  private static final Duration SETTLING_BEFORE = Duration.ofSeconds(4);

  /// Words become known this long after they were said, at most.
  private static final Duration RECOGNITION_LATE = Duration.ofSeconds(3);

  /// What it takes to call somebody a machine for a beep who was taken for a human.
  private static final Duration GREETING_OF_MACHINE = Duration.ofSeconds(1);

  /// After the answer; by then it is the box that talks.
  private static final Duration LAST_CHANGE = Duration.ofSeconds(15);

  /// A phrase in what a recogniser has not made up its mind about.
  private record Unsettled(Phrase phrase, Duration since) {}

  private final AnswerPhrases phrases;
  private final AnswerTimes times;
  private final List<Finding> findings = new ArrayList<>();

  private Duration now = Duration.ZERO;
  private @Nullable Duration answered;
  private Greeting greeting = new Greeting();
  private SurestTongue tongues = new SurestTongue();
  private boolean deaf;
  private boolean announced;
  private boolean keyPressed;
  private Optional<Phrase> humanPhrase = Optional.empty();
  private final Set<Locale> hearsHuman = new HashSet<>();
  private Optional<Phrase> suspicion = Optional.empty();
  private final Map<Locale, Phrase> passingSuspicions = new LinkedHashMap<>();
  private final Map<Locale, Unsettled> unsettled = new LinkedHashMap<>();
  private @Nullable Verdict verdict;
  private boolean beepReported;
  private boolean quietReported;

  public AnswerJudge(AnswerPhrases phrases, AnswerTimes times) {
    this.phrases = phrases;
    this.times = times;
  }

  /// The verdict in force.
  public Optional<Verdict> verdict() {
    return Optional.ofNullable(verdict);
  }

  /// Takes the next event.
  ///
  /// @return what it led to, in order; mostly nothing
  public List<Finding> on(AnswerEvent event) {
    now = event.at().compareTo(now) > 0 ? event.at() : now;
    switch (event) {
      case AnswerEvent.Answered _ -> answer();
      case AnswerEvent.SpeechBegan began -> begin(began.from());
      case AnswerEvent.SpeechEnded ended -> greeting.ended(ended.to());
      case AnswerEvent.Heard heard -> hear(heard);
      case AnswerEvent.Deaf _ -> deaf = true;
      case AnswerEvent.Signal(ToneEvent tone) -> signal(tone);
      case AnswerEvent.Key _ -> key();
      case AnswerEvent.Passed _ -> believeLasting();
    }
    tongues.decided(now).ifPresent(phrase -> believe(phrase, 0.95));
    if (answered != null) {
      judgeTimes(answered);
    }
    List<Finding> known = List.copyOf(findings);
    findings.clear();
    return known;
  }

  /// What the network said before is of no account any more.
  private void answer() {
    if (answered == null) {
      boolean speaking = greeting.isSpeaking();
      answered = now;
      verdict = null;
      announced = false;
      unsettled.clear();
      tongues = new SurestTongue();
      greeting = new Greeting();
      if (speaking) {
        greeting.began(now);
      }
    }
  }

  private void key() {
    decide(new Human(), 1, Rule.KEY, "");
    keyPressed = true;
  }

  private void begin(Duration from) {
    Duration since = answered;
    greeting.began(since != null && from.compareTo(since) < 0 ? since : from);
  }

  private void hear(AnswerEvent.Heard heard) {
    if (!greeting.isThere() || greeting.pause(now).compareTo(RECOGNITION_LATE) > 0) {
      return; // Words in a noise, or in the echo of what the box says itself.
    }
    // An operator's voicemail says why nobody answers, too.
    Optional<Phrase> phrase =
        answeredPhrase(Kind.MACHINE, heard).or(() -> phrases.find(Kind.ANNOUNCEMENT, heard.text()));
    Unsettled before = unsettled.get(heard.language());
    if (phrase.isEmpty()) {
      unsettled.remove(heard.language());
    } else if (before == null || !before.phrase().equals(phrase.get())) {
      unsettled.put(heard.language(), new Unsettled(phrase.get(), now));
    }
    Optional<Phrase> human = answeredPhrase(Kind.HUMAN, heard);
    humanPhrase = human.or(() -> humanPhrase);
    if (human.isPresent()) {
      hearsHuman.add(heard.language());
    } else {
      hearsHuman.remove(heard.language());
    }
    if (heard.settled()) {
      unsettled.remove(heard.language());
      if (phrase.isPresent() && answered != null && !isContested(heard.language())) {
        believe(phrase.get(), 0.95);
      } else {
        tongues.settled(heard.language(), phrase, heard.confidence(), now);
      }
    }
    believeLasting();
    suspect(heard);
  }

  /// Whether words that people answer with are heard in another language meanwhile. Only one of the
  /// two can have been said.
  private boolean isContested(Locale language) {
    return hearsHuman.stream().anyMatch(other -> !other.equals(language));
  }

  /// What a recogniser takes back was no ground for suspicion.
  private void suspect(AnswerEvent.Heard heard) {
    Optional<Phrase> word = answeredPhrase(Kind.SUSPECT, heard);
    passingSuspicions.remove(heard.language());
    if (heard.settled() && !isContested(heard.language())) {
      suspicion = word.or(() -> suspicion);
    } else if (!heard.settled()) {
      word.ifPresent(one -> passingSuspicions.put(heard.language(), one));
    }
  }

  private Optional<Phrase> suspicion() {
    return suspicion.or(() ->
        passingSuspicions.entrySet().stream()
            .filter(word -> !isContested(word.getKey()))
            .map(Map.Entry::getValue)
            .findFirst());
  }

  /// Takes phrases for true that no recogniser has taken back for a while.
  private void believeLasting() {
    Duration settling = answered == null ? SETTLING_BEFORE : SETTLING;
    unsettled.forEach((language, one) -> {
      if (now.minus(one.since()).compareTo(settling) >= 0 && !isContested(language)) {
        believe(one.phrase(), 0.9);
      }
    });
  }

  private void believe(Phrase phrase, double confidence) {
    decide(
        phrase.reason().<Answer>map(Announcement::new).orElseGet(Machine::new),
        confidence,
        Rule.MACHINE_PHRASE,
        phrase.toString());
  }

  private Optional<Phrase> answeredPhrase(Kind kind, AnswerEvent.Heard heard) {
    return answered == null ? Optional.empty() : phrases.find(kind, heard.text());
  }

  private void signal(ToneEvent tone) {
    switch (tone) {
      case ToneEvent.Beep beep -> beep(beep);
      case ToneEvent.FaxAnswers _ -> decide(new Fax(), 0.98, Rule.TONE, "2100 Hz");
      case ToneEvent.FaxCalls _ -> decide(new Fax(), 0.98, Rule.TONE, "1100 Hz");
      case ToneEvent.SpecialInformation _ -> announce();
      case ToneEvent.LineTone line -> lineTone(line.cadence());
    }
  }

  /// What is announced says why, if there is somebody to understand it.
  private void announce() {
    announced = true;
    if (deaf) {
      decide(new Announcement(Reason.UNKNOWN), 0.9, Rule.TONE, "special information tone");
    }
  }

  private void lineTone(ToneEvent.Cadence cadence) {
    switch (cadence) {
      case BUSY -> decide(new Announcement(Reason.BUSY), 0.95, Rule.TONE, "busy tone");
      case CONGESTION ->
          decide(new Announcement(Reason.CONGESTION), 0.95, Rule.TONE, "congestion tone");
      case RINGING, DIAL -> {}
    }
  }

  private void beep(ToneEvent.Beep beep) {
    if (answered == null
        || greeting.talk(now).compareTo(SHORTEST_GREETING) < 0
        || greeting.pause(now).compareTo(BEEP_AFTER) > 0) {
      return;
    }
    decide(
        new Machine(),
        0.9,
        Rule.BEEP,
        String.format(
            Locale.ROOT,
            "%.0f Hz for %d ms",
            beep.hertz(),
            beep.to().minus(beep.from()).toMillis()));
    if (isMachine() && !beepReported) {
      beepReported = true;
      findings.add(new MessageMayBegin(true, now));
    }
  }

  private void judgeTimes(Duration since) {
    if (!greeting.isThere()) {
      if (now.minus(since).compareTo(times.quiet()) >= 0) {
        decide(new Silence(), 0.8, Rule.QUIET, millis(now.minus(since)) + " without a sound");
      }
      return;
    }
    Duration run = greeting.run(now);
    Duration pause = greeting.pause(now);
    Optional<Phrase> suspect = suspicion();
    Duration enough = suspect.isPresent() ? times.suspectSpeech() : times.longSpeech();
    boolean greets = humanPhrase.isPresent() && suspect.isEmpty();
    if (run.compareTo(enough) >= 0 && ranBeforeVerdict() && !greets) {
      decide(
          announced ? new Announcement(Reason.UNKNOWN) : new Machine(),
          0.75,
          Rule.LONG_SPEECH,
          millis(run) + " without a pause" + suspect.map(word -> ", with: " + word).orElse(""));
    } else if (humanPhrase.isPresent() && pause.compareTo(times.waitingAfterPhrase()) >= 0) {
      human(0.9, Rule.HUMAN_PHRASE, humanPhrase.get().toString());
    } else if (pause.compareTo(times.waiting()) >= 0) {
      human(0.75, Rule.SHORT_GREETING, millis(run) + " of speech, then " + millis(pause));
    } else if (greeting.sinceFirst(now).compareTo(times.doubt()) >= 0) {
      human(0.5, Rule.DOUBT, "nothing clear after " + millis(times.doubt()));
    }
    if (isMachine() && !quietReported && !beepReported && pause.compareTo(times.recording()) >= 0) {
      quietReported = true;
      findings.add(new MessageMayBegin(false, now));
    }
  }

  private void human(double confidence, Rule rule, String detail) {
    if (announced) {
      decide(new Announcement(Reason.UNKNOWN), 0.8, Rule.TONE, "special information tone");
    } else {
      decide(new Human(), confidence, rule, detail);
    }
  }

  /// Who talks for long after the verdict answers us.
  private boolean ranBeforeVerdict() {
    Verdict last = verdict;
    return last == null || greeting.runFrom().compareTo(last.at()) < 0;
  }

  private boolean isMachine() {
    Verdict last = verdict;
    return last != null && last.answer() instanceof Machine;
  }

  /// Gives the verdict if it is the first, or says something else than the last and may.
  private void decide(Answer answer, double confidence, Rule rule, String detail) {
    Verdict last = verdict;
    if (last != null && (last.answer().equals(answer) || !givesWay(last, answer, rule))) {
      return;
    }
    verdict = new Verdict(answer, confidence, new Evidence(rule, detail), now);
    findings.add(verdict);
  }

  private boolean givesWay(Verdict last, Answer answer, Rule rule) {
    if (rule == Rule.KEY) {
      return true;
    }
    if (answered != null && now.minus(answered).compareTo(LAST_CHANGE) > 0) {
      return false;
    }
    Rule before = last.evidence().rule();
    return switch (last.answer()) {
      case Silence _ -> true;
      // A busy tone after a human says that they hung up.
      case Human _ ->
          switch (rule) {
            case MACHINE_PHRASE -> !keyPressed;
            case BEEP ->
                !keyPressed
                    && (before == Rule.SHORT_GREETING || before == Rule.DOUBT)
                    && greeting.talk(now).compareTo(GREETING_OF_MACHINE) >= 0;
            case LONG_SPEECH -> !keyPressed && before == Rule.DOUBT;
            case DOUBT, QUIET, SHORT_GREETING, HUMAN_PHRASE, TONE, KEY -> false;
          };
      case Machine _ -> before == Rule.LONG_SPEECH && rule == Rule.MACHINE_PHRASE;
      case Announcement(Reason reason) ->
          rule == Rule.BEEP
              || (rule == Rule.MACHINE_PHRASE
                  && (reason == Reason.UNKNOWN || answer instanceof Machine));
      case Fax _ -> false;
    };
  }

  private static String millis(Duration time) {
    return time.toMillis() + " ms";
  }
}
