package kz.qonyrau.console;

import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import kz.qonyrau.notices.KeptNotice;
import kz.qonyrau.notices.KeptNotice.Dismissal;
import kz.qonyrau.notices.KeptNotice.Origin;
import kz.qonyrau.notices.Notices;
import kz.qonyrau.notices.Warnings;
import kz.qonyrau.vocabulary.Tenge;
import kz.qonyrau.web.Answer;
import kz.qonyrau.web.Asked;
import kz.qonyrau.web.Desk;
import kz.qonyrau.web.Problem;

/// What the owner is told (SH-NOT-01), and when he wants to be warned that his money runs low
/// (SH-BAL-18).
final class NoticeRoutes {

  private static final int USUAL_SIZE = 100;

  private record NoticeView(
      String id,
      String code,
      Instant at,
      Optional<Long> amountTiyn,
      Optional<Instant> until,
      Optional<String> subject,
      Origin origin,
      Optional<Instant> dismissedAt,
      Optional<String> dismissedBy) {

    static NoticeView of(KeptNotice notice) {
      return new NoticeView(
          notice.id(),
          notice.code(),
          notice.at(),
          notice.amount().map(Tenge::tiyn),
          notice.until(),
          notice.subject(),
          notice.origin(),
          notice.dismissal().map(Dismissal::at),
          notice.dismissal().map(Dismissal::by));
    }
  }

  /// How many notices the owner has not dismissed; what live updates tell.
  private record CountView(int undismissed) {}

  private record NoticesView(int undismissed, List<NoticeView> items) {}

  private record DismissalForm(List<String> ids) {}

  private record WarningsForm(List<Long> thresholdsTiyn, boolean usualDay) {}

  /// @param usualDayTiyn what is spent on a usual day, once that is known
  private record WarningsView(
      List<Long> thresholdsTiyn, boolean usualDay, Optional<Long> usualDayTiyn) {}

  private final Notices notices;
  private final Supplier<Future<Optional<Tenge>>> usualDay;

  NoticeRoutes(Notices notices, Supplier<Future<Optional<Tenge>>> usualDay) {
    this.notices = notices;
    this.usualDay = usualDay;
  }

  Desk on(Desk desk) {
    return desk.on("notices", this::newest)
        .on("dismissNotice", this::dismiss)
        .on("dismissNotices", this::dismissAll)
        .on("warnings", _ -> Answer.ok(view(notices.warnings().await())))
        .on("setWarnings", this::setWarnings);
  }

  Object count() {
    return new CountView(notices.undismissed().await());
  }

  private Answer newest(Asked asked) {
    Notices.Shown shown =
        notices
            .newest(asked.flag("undismissed").orElse(false), asked.whole("size", USUAL_SIZE))
            .await();
    return Answer.ok(
        new NoticesView(
            shown.undismissed(), shown.notices().stream().map(NoticeView::of).toList()));
  }

  private Answer dismiss(Asked asked) {
    String id = asked.text("noticeId").orElseThrow();
    if (!notices.dismiss(id, asked.person().login()).await()) {
      throw Problem.notFound("notice");
    }
    return Answer.done();
  }

  private Answer dismissAll(Asked asked) {
    List<String> ids = asked.body(DismissalForm.class).ids();
    return Answer.ok(
        notices
            .dismissAll(ids, asked.person().login())
            .compose(_ -> notices.undismissed())
            .map(CountView::new)
            .await());
  }

  private Answer setWarnings(Asked asked) {
    WarningsForm form = asked.body(WarningsForm.class);
    requireSound(form.thresholdsTiyn());
    Warnings wanted =
        new Warnings(form.thresholdsTiyn().stream().map(Tenge::new).toList(), form.usualDay());
    return Answer.ok(view(notices.setWarnings(wanted).await()));
  }

  private static void requireSound(List<Long> thresholds) {
    List<Problem.Field> wrong = new ArrayList<>();
    if (thresholds.size() > Warnings.MOST) {
      wrong.add(
          new Problem.Field(
              "thresholdsTiyn",
              "TOO_LONG",
              "Give at most " + Warnings.MOST + " thresholds; leave out the others."));
    } else {
      Set<Long> known = new HashSet<>();
      for (int place = 0; place < thresholds.size(); place++) {
        Long threshold = thresholds.get(place);
        String field = "thresholdsTiyn." + place;
        if (threshold < 1) {
          wrong.add(new Problem.Field(field, "TOO_SMALL", "Give an amount above zero, in tiyn."));
        } else if (threshold > Warnings.LARGEST.tiyn()) {
          wrong.add(
              new Problem.Field(
                  field, "TOO_LARGE", "Give at most " + Warnings.LARGEST.tiyn() + " tiyn."));
        } else if (!known.add(threshold)) {
          wrong.add(
              new Problem.Field(
                  field, "REPEATED", "Give each threshold once; leave this one out."));
        }
      }
    }
    if (!wrong.isEmpty()) {
      throw Problem.unprocessable(
          "INVALID_WARNINGS", "The thresholds cannot be set like this.", wrong);
    }
  }

  private WarningsView view(Warnings warnings) {
    return new WarningsView(
        warnings.thresholds().stream().map(Tenge::tiyn).toList(),
        warnings.usualDay(),
        usualDay.get().await().map(Tenge::tiyn));
  }
}
