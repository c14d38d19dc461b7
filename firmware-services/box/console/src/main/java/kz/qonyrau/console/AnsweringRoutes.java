package kz.qonyrau.console;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import kz.qonyrau.calls.AnsweredBy;
import kz.qonyrau.calls.Calls;
import kz.qonyrau.calls.GivenAnswers;
import kz.qonyrau.calls.JudgedCalls;
import kz.qonyrau.calls.TurnResult;
import kz.qonyrau.campaigns.Campaigns;
import kz.qonyrau.vocabulary.CampaignId;
import kz.qonyrau.web.Answer;
import kz.qonyrau.web.Asked;
import kz.qonyrau.web.Desk;
import kz.qonyrau.web.Problem;

/// How the questions of a campaign were answered, and how right the box is about who answers.
final class AnsweringRoutes {

  /// Whom a call does not go on talking to.
  private static final Set<AnsweredBy> NOBODY_TO_TALK_TO =
      EnumSet.of(AnsweredBy.MACHINE, AnsweredBy.ANNOUNCEMENT, AnsweredBy.FAX);

  private record CellView(AnsweredBy verdict, AnsweredBy truth, long calls) {}

  private record SumView(AnsweredBy who, long calls) {}

  private record MatrixView(
      long calls,
      List<CellView> cells,
      List<SumView> verdicts,
      List<SumView> truths,
      Optional<Double> humansHungUpOnPercent,
      Optional<Double> machinesCaughtPercent) {}

  private record CountView(
      String result,
      Optional<String> choice,
      Optional<String> language,
      Optional<TurnResult.By> by,
      long calls) {}

  private record CountsView(long calls, List<CountView> answers) {}

  /// How a question went.
  record ResultView(
      String result,
      Optional<String> choice,
      Optional<String> language,
      Optional<TurnResult.By> by) {

    static ResultView of(TurnResult result) {
      return switch (result) {
        case TurnResult.Answered(var choice, var language, var by) ->
            new ResultView("ANSWERED", choice, language.map(Locale::getLanguage), Optional.of(by));
        case TurnResult.Silent _ -> plain("SILENT");
        case TurnResult.NotUnderstood _ -> plain("NOT_UNDERSTOOD");
        case TurnResult.Unheard _ -> plain("UNHEARD");
        case TurnResult.CutOff _ -> plain("CUT_OFF");
      };
    }

    private static ResultView plain(String result) {
      return new ResultView(result, Optional.empty(), Optional.empty(), Optional.empty());
    }
  }

  private final Calls calls;
  private final Campaigns campaigns;

  AnsweringRoutes(Calls calls, Campaigns campaigns) {
    this.calls = calls;
    this.campaigns = campaigns;
  }

  Desk on(Desk desk) {
    return desk.on("answering", _ -> Answer.ok(matrix(calls.judged().await())))
        .on("campaignAnswers", this::answers);
  }

  private Answer answers(Asked asked) {
    CampaignId id = asked.id("campaignId", CampaignId::new);
    if (campaigns.find(id).await().isEmpty()) {
      throw Problem.notFound("campaign");
    }
    List<CountView> counts = new ArrayList<>();
    for (GivenAnswers given : calls.answers(id).await()) {
      ResultView result = ResultView.of(given.result());
      counts.add(
          new CountView(
              result.result(), result.choice(), result.language(), result.by(), given.calls()));
    }
    counts.sort(Comparator.comparingLong(CountView::calls).reversed());
    return Answer.ok(
        new CountsView(counts.stream().mapToLong(CountView::calls).sum(), List.copyOf(counts)));
  }

  private static MatrixView matrix(List<JudgedCalls> judged) {
    return new MatrixView(
        count(judged, _ -> true),
        judged.stream()
            .map(cell -> new CellView(cell.verdict(), cell.truth(), cell.calls()))
            .toList(),
        sums(judged, JudgedCalls::verdict),
        sums(judged, JudgedCalls::truth),
        percent(
            judged,
            cell -> cell.truth() == AnsweredBy.HUMAN,
            cell -> NOBODY_TO_TALK_TO.contains(cell.verdict())),
        percent(
            judged,
            cell -> NOBODY_TO_TALK_TO.contains(cell.truth()),
            cell -> NOBODY_TO_TALK_TO.contains(cell.verdict())));
  }

  private static List<SumView> sums(
      List<JudgedCalls> judged, Function<JudgedCalls, AnsweredBy> by) {
    Map<AnsweredBy, Long> sums = new EnumMap<>(AnsweredBy.class);
    judged.forEach(cell -> sums.merge(by.apply(cell), cell.calls(), Long::sum));
    return sums.entrySet().stream().map(sum -> new SumView(sum.getKey(), sum.getValue())).toList();
  }

  /// Rounded to a tenth; empty if there are none of them.
  private static Optional<Double> percent(
      List<JudgedCalls> judged, Predicate<JudgedCalls> of, Predicate<JudgedCalls> which) {
    long all = count(judged, of);
    return all == 0
        ? Optional.empty()
        : Optional.of(Math.round(1000.0 * count(judged, of.and(which)) / all) / 10.0);
  }

  private static long count(List<JudgedCalls> judged, Predicate<JudgedCalls> which) {
    return judged.stream().filter(which).mapToLong(JudgedCalls::calls).sum();
  }
}
