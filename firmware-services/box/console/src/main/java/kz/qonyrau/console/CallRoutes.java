package kz.qonyrau.console;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import kz.qonyrau.calls.AnsweredBy;
import kz.qonyrau.calls.CallFilter;
import kz.qonyrau.calls.CallPage;
import kz.qonyrau.calls.CallProgress;
import kz.qonyrau.calls.Calls;
import kz.qonyrau.calls.PlacedCall;
import kz.qonyrau.campaigns.Campaigns;
import kz.qonyrau.campaigns.Prompt;
import kz.qonyrau.insight.TranscribedLine;
import kz.qonyrau.insight.Transcription;
import kz.qonyrau.insight.Transcriptions;
import kz.qonyrau.recordings.Peaks;
import kz.qonyrau.recordings.Playback;
import kz.qonyrau.recordings.Recording;
import kz.qonyrau.recordings.RecordingResult;
import kz.qonyrau.recordings.RecordingUnavailableException;
import kz.qonyrau.recordings.Recordings;
import kz.qonyrau.vocabulary.CallId;
import kz.qonyrau.vocabulary.CallOutcome;
import kz.qonyrau.vocabulary.CampaignId;
import kz.qonyrau.vocabulary.Msisdn;
import kz.qonyrau.web.Answer;
import kz.qonyrau.web.Asked;
import kz.qonyrau.web.Content;
import kz.qonyrau.web.Desk;
import kz.qonyrau.web.Problem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The call log, the call card and its recording. Only roles that may read contacts get here, so
/// numbers are whole.
final class CallRoutes {

  private static final Logger log = LoggerFactory.getLogger(CallRoutes.class);
  private static final int PEAKS = 800;

  private record LineView(
      String service, String quantity, String unitPrice, long unitSeconds, long amountTiyn) {}

  private record WordView(String text, double from, double to, double confidence) {}

  private record UtteranceView(
      String channel,
      String text,
      double from,
      double to,
      double confidence,
      String language,
      List<WordView> words) {}

  private record WhoView(
      AnsweredBy by,
      Optional<String> reason,
      String rule,
      double confidence,
      Optional<AnsweredBy> corrected) {}

  /// By which trunk the subscriber was called, and what number he saw (AC-CAL-03).
  private record WayView(String trunkId, String trunk, String shown) {}

  private record CorrectionForm(AnsweredBy who) {}

  private record RecordingView(
      String state,
      Optional<Double> seconds,
      Optional<String> sha256,
      Optional<String> codec,
      Optional<Instant> retainUntil,
      Optional<String> failure) {}

  private record TranscriptionView(
      Transcription.State state,
      String language,
      double share,
      Optional<String> reason,
      double lostSeconds,
      double realTimeFactor,
      Optional<Instant> endedAt) {}

  private record CallView(
      String id,
      Optional<String> number,
      String campaignId,
      String campaignName,
      String state,
      Instant startedAt,
      Optional<Instant> answeredAt,
      Optional<Instant> endedAt,
      double answeredSeconds,
      Optional<CallOutcome> outcome,
      Optional<String> faultDomain,
      Optional<String> cause,
      long costTiyn,
      Optional<List<LineView>> lines,
      String tariffVersion,
      Optional<String> digits,
      boolean keysOnly,
      Optional<AnsweringRoutes.ResultView> question,
      Optional<WhoView> answeredBy,
      Optional<WayView> way,
      Optional<List<UtteranceView>> transcript,
      Optional<TranscriptionView> transcription,
      Optional<RecordingView> recording,
      Optional<Boolean> onLegalHold) {}

  private record PageView(long total, List<CallView> items) {}

  private record PeaksView(double seconds, List<Double> subscriber, List<Double> box) {}

  /// A running call as pages show it.
  record LiveView(
      String id,
      String number,
      String campaignId,
      String campaignName,
      String state,
      Instant since,
      String heard,
      boolean deaf,
      Optional<AnsweredBy> answeredBy,
      @com.fasterxml.jackson.annotation.JsonProperty("final") boolean isFinal,
      Optional<CallOutcome> outcome) {}

  private final Calls calls;
  private final Campaigns campaigns;
  private final Recordings recordings;
  private final Transcriptions transcriptions;
  private final CampaignNames names;
  private final HoldRoutes holds;

  CallRoutes(
      Calls calls,
      Campaigns campaigns,
      Recordings recordings,
      Transcriptions transcriptions,
      HoldRoutes holds) {
    this.holds = holds;
    this.calls = calls;
    this.campaigns = campaigns;
    this.names = new CampaignNames(campaigns);
    this.recordings = recordings;
    this.transcriptions = transcriptions;
  }

  Desk on(Desk desk) {
    return desk.on("calls", this::page)
        .on("call", this::card)
        .on("correctAnsweredBy", this::correct)
        .on("recording", this::recording)
        .on("peaks", this::peaks)
        .on("orderTranscript", this::orderTranscript);
  }

  private Answer page(Asked asked) {
    CallFilter filter =
        new CallFilter(
            asked.text("campaignId").map(_ -> asked.id("campaignId", CampaignId::new)),
            asked.text("outcome").map(CallOutcome::valueOf));
    CallPage page = calls.page(filter, asked.whole("page", 0), asked.whole("size", 50)).await();
    return Answer.ok(
        new PageView(
            page.total(),
            page.items().stream()
                .map(call -> view(call, Optional.empty(), Optional.empty(), List.of(), false))
                .toList()));
  }

  private Answer card(Asked asked) {
    return Answer.ok(card(call(asked)));
  }

  private CallView card(PlacedCall call) {
    Optional<Transcription> transcription = transcriptions.find(call.id()).await();
    List<TranscribedLine> lines =
        transcription.isPresent() ? transcriptions.lines(call.id()).await() : List.of();
    return view(call, recordings.find(call.id()).await(), transcription, lines, true);
  }

  /// Notes who really answered. Who takes a correction back sends the box's own verdict, which then
  /// counts as right.
  private Answer correct(Asked asked) {
    PlacedCall call = call(asked);
    AnsweredBy who = asked.body(CorrectionForm.class).who();
    if (!calls.correct(call.id(), who).await()) {
      throw Problem.conflict(
          "NO_VERDICT",
          "The box did not judge who answered this call; there is nothing to correct.");
    }
    log.atInfo()
        .addKeyValue("call", call.id())
        .addKeyValue("who", who)
        .addKeyValue("person", asked.person().loggable())
        .log("who answered was corrected");
    return Answer.ok(card(call(asked)));
  }

  /// Orders the transcript of both sides of a recorded call.
  private Answer orderTranscript(Asked asked) {
    PlacedCall call = call(asked);
    boolean kept =
        recordings
            .find(call.id())
            .await()
            .filter(recording -> recording.result() instanceof RecordingResult.Kept)
            .isPresent();
    if (!kept) {
      throw missing(call);
    }
    Locale language = language(call.campaign());
    log.atInfo()
        .addKeyValue("call", call.id())
        .addKeyValue("person", asked.person().loggable())
        .log("transcript ordered");
    return Answer.accepted(view(transcriptions.order(call.id(), language).await()));
  }

  /// People answer in the language in which they are spoken to.
  private Locale language(CampaignId id) {
    return campaigns
        .find(id)
        .await()
        .map(campaign -> campaign.order().language())
        .orElse(Prompt.USUAL_LANGUAGE);
  }

  private static TranscriptionView view(Transcription transcription) {
    return new TranscriptionView(
        transcription.state(),
        transcription.language().getLanguage(),
        transcription.share(),
        Optional.of(transcription.reason()).filter(reason -> !reason.isEmpty()),
        seconds(transcription.lost()),
        Math.round(1e4 * transcription.realTimeFactor()) / 1e4,
        transcription.endedAt());
  }

  private PlacedCall call(Asked asked) {
    return calls
        .find(asked.id("callId", CallId::new))
        .await()
        .orElseThrow(() -> Problem.notFound("call"));
  }

  private Answer recording(Asked asked) {
    PlacedCall call = call(asked);
    Playback playback;
    try {
      playback = recordings.wav(call.id()).await().orElseThrow(() -> missing(call));
    } catch (RecordingUnavailableException broken) {
      log.atError().addKeyValue("call", call.id()).setCause(broken).log("recording unplayable");
      throw new Problem(410, "RECORDING_DAMAGED", "The recording is there but cannot be played.");
    }
    log.atInfo()
        .addKeyValue("call", call.id())
        .addKeyValue("person", asked.person().loggable())
        .log("recording played");
    return new Answer.Bytes("audio/wav", content(playback));
  }

  private Problem missing(PlacedCall call) {
    return recordings.find(call.id()).await().isPresent()
        ? new Problem(410, "RECORDING_GONE", "The recording failed, or its time is over.")
        : Problem.notFound("recording");
  }

  /// What is played, for whoever may hear it.
  static Content content(Playback playback) {
    return new Content() {
      @Override
      public long length() {
        return playback.length();
      }

      @Override
      public byte[] read(long offset, int length) throws IOException {
        ByteBuffer target = ByteBuffer.allocate(length);
        try {
          int read = playback.read(offset, target);
          if (read <= 0) {
            throw new IOException("the recording ends early");
          }
          return java.util.Arrays.copyOf(target.array(), read);
        } catch (RecordingUnavailableException broken) {
          throw new IOException("the recording cannot be read", broken);
        }
      }

      @Override
      public void close() {
        playback.close();
      }
    };
  }

  private Answer peaks(Asked asked) {
    PlacedCall call = call(asked);
    Peaks peaks = recordings.peaks(call.id(), PEAKS).await().orElseThrow(() -> missing(call));
    double seconds =
        recordings
            .find(call.id())
            .await()
            .map(Recording::result)
            .map(result ->
                switch (result) {
                  case RecordingResult.Kept kept -> seconds(kept.duration());
                  case RecordingResult.Failed _ -> 0.0;
                })
            .orElse(0.0);
    return Answer.ok(new PeaksView(seconds, loudness(peaks.subscriber()), loudness(peaks.box())));
  }

  private static List<Double> loudness(List<Peaks.Peak> peaks) {
    return peaks.stream()
        .map(peak -> Math.round(Math.max(-peak.low(), peak.high()) * 1000) / 1000.0)
        .map(value -> Math.max(0, Math.min(1, value)))
        .toList();
  }

  /// The calls that are running, as pages show them, oldest first.
  List<LiveView> live() {
    return calls.live().stream()
        .sorted(java.util.Comparator.comparing(CallProgress::since))
        .map(this::live)
        .toList();
  }

  /// A running call with its whole number: for roles that may see it.
  LiveView live(CallProgress call) {
    return new LiveView(
        call.id().value(),
        call.callee().e164(),
        call.campaign().value(),
        names.of(call.campaign()),
        call.stage().name(),
        call.since(),
        call.heard(),
        call.deaf(),
        call.answeredBy(),
        call.outcome().isPresent(),
        call.outcome());
  }

  private CallView view(
      PlacedCall call,
      Optional<Recording> recording,
      Optional<Transcription> transcription,
      List<TranscribedLine> lines,
      boolean whole) {
    return new CallView(
        call.id().value(),
        call.callee().map(Msisdn::e164),
        call.campaign().value(),
        names.of(call.campaign()),
        stateOf(call),
        call.startedAt(),
        call.answeredAt(),
        call.endedAt(),
        seconds(call.answered()),
        call.outcome(),
        call.outcome().map(outcome -> outcome.faultDomain().name()),
        Optional.of(call.cause()).filter(cause -> !cause.isEmpty()),
        call.amount().tiyn(),
        whole
            ? Optional.of(
                call.lines().stream()
                    .map(line ->
                        new LineView(
                            line.service(),
                            quantity(line.billed()),
                            line.unitPrice(),
                            line.unit().toSeconds(),
                            line.amount().tiyn()))
                    .toList())
            : Optional.empty(),
        call.tariffVersion(),
        Optional.of(call.digits()).filter(digits -> !digits.isEmpty()),
        call.keysOnly(),
        call.question().map(AnsweringRoutes.ResultView::of),
        call.who()
            .map(who ->
                new WhoView(who.by(), who.reason(), who.rule(), who.confidence(), who.corrected())),
        call.way().map(way -> new WayView(way.trunk().value(), way.name(), way.shown().e164())),
        whole ? Optional.of(said(call, transcription, lines)) : Optional.empty(),
        transcription.map(CallRoutes::view),
        recording.map(CallRoutes::view),
        whole ? Optional.of(holds.keeps(call.startedAt())) : Optional.empty());
  }

  /// Both sides, once they are transcribed; until then, what was understood during the call.
  private static List<UtteranceView> said(
      PlacedCall call, Optional<Transcription> transcription, List<TranscribedLine> lines) {
    boolean whole =
        transcription.filter(one -> one.state() == Transcription.State.DONE).isPresent();
    return whole
        ? lines.stream()
            .map(line -> utterance(line, transcription.orElseThrow().language()))
            .toList()
        : call.transcript().stream().map(CallRoutes::utterance).toList();
  }

  private static UtteranceView utterance(TranscribedLine line, Locale language) {
    return new UtteranceView(
        line.side().name(),
        line.text(),
        seconds(line.from()),
        seconds(line.to()),
        line.confidence(),
        language.getLanguage(),
        line.words().stream()
            .map(word ->
                new WordView(
                    word.text(), seconds(word.from()), seconds(word.to()), word.confidence()))
            .toList());
  }

  private String stateOf(PlacedCall call) {
    if (call.endedAt().isPresent()) {
      return CallProgress.Stage.ENDED.name();
    }
    return calls.live().stream()
        .filter(live -> live.id().equals(call.id()))
        .findFirst()
        .map(live -> live.stage().name())
        .orElse(CallProgress.Stage.CLOSING.name());
  }

  private static UtteranceView utterance(PlacedCall.SpokenLine line) {
    return new UtteranceView(
        "SUBSCRIBER",
        line.text(),
        seconds(line.from()),
        seconds(line.to()),
        line.confidence(),
        line.language(),
        line.words().stream()
            .map(word ->
                new WordView(
                    word.text(), seconds(word.from()), seconds(word.to()), word.confidence()))
            .toList());
  }

  private static RecordingView view(Recording recording) {
    return switch (recording.result()) {
      case RecordingResult.Kept kept ->
          new RecordingView(
              "KEPT",
              Optional.of(seconds(kept.duration())),
              Optional.of(kept.sha256()),
              recording.codec().map(codec -> codec.name().toUpperCase(Locale.ROOT)),
              Optional.of(recording.retainUntil()),
              Optional.empty());
      case RecordingResult.Failed failed ->
          new RecordingView(
              "FAILED",
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              Optional.of(failed.why()));
    };
  }

  /// Seconds with up to three decimals, as a person writes them.
  static String quantity(Duration used) {
    return BigDecimal.valueOf(used.toMillis(), 3).stripTrailingZeros().toPlainString() + " s";
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1000.0;
  }
}
