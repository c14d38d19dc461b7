package kz.qonyrau.console;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import kz.qonyrau.campaigns.BlockList;
import kz.qonyrau.campaigns.KazakhNumbers;
import kz.qonyrau.campaigns.NumberReading;
import kz.qonyrau.campaigns.Page;
import kz.qonyrau.campaigns.RejectCode;
import kz.qonyrau.campaigns.Suppressions;
import kz.qonyrau.vocabulary.Msisdn;
import kz.qonyrau.web.Answer;
import kz.qonyrau.web.Asked;
import kz.qonyrau.web.Desk;
import kz.qonyrau.web.Problem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Whom no campaign may reach: shown, added to, lifted (AC-CON-03).
final class BlockRoutes {

  private static final Logger log = LoggerFactory.getLogger(BlockRoutes.class);

  private record EntryView(
      String number, BlockList list, String reason, String by, Instant since, boolean liftable) {}

  private record PageView(long total, List<EntryView> items) {}

  private record AddForm(List<String> numbers, String reason) {}

  /// @param place among the numbers that were sent, from 0
  private record RefusedView(int place, RejectCode code, String detail) {}

  private record AddedView(int added, int present, List<RefusedView> refused) {}

  private record LiftForm(String number, BlockList list, String reason) {}

  private final Suppressions suppressions;
  private final KazakhNumbers reader = new KazakhNumbers();

  BlockRoutes(Suppressions suppressions) {
    this.suppressions = suppressions;
  }

  Desk on(Desk desk) {
    return desk.on("blocks", this::blocks).on("block", this::block).on("liftBlock", this::lift);
  }

  private Answer blocks(Asked asked) {
    Page<Suppressions.Entry> page =
        suppressions
            .page(
                asked.text("list").map(BlockList::valueOf),
                asked.text("search").orElse(""),
                asked.whole("page", 0),
                asked.whole("size", 50))
            .await();
    return Answer.ok(
        new PageView(
            page.total(),
            page.items().stream()
                .map(entry ->
                    new EntryView(
                        entry.number().e164(),
                        entry.list(),
                        entry.reason(),
                        entry.by(),
                        entry.since(),
                        entry.list().isCustomers()))
                .toList()));
  }

  /// Adds what can be read as numbers, and says of the rest why not.
  private Answer block(Asked asked) {
    AddForm form = asked.body(AddForm.class);
    String reason = reason(form.reason());
    List<Msisdn> numbers = new ArrayList<>();
    List<RefusedView> refused = new ArrayList<>();
    for (int place = 0; place < form.numbers().size(); place++) {
      switch (reader.read(form.numbers().get(place))) {
        case NumberReading.Dialable(Msisdn number) -> numbers.add(number);
        case NumberReading.NoNumber(RejectCode code, String detail) ->
            refused.add(new RefusedView(place, code, detail));
      }
    }
    if (numbers.isEmpty()) {
      return Answer.ok(new AddedView(0, 0, refused));
    }
    Suppressions.Added added =
        suppressions.add(numbers, BlockList.OWN, reason, asked.person().login()).await();
    log.atInfo()
        .addKeyValue("person", asked.person().loggable())
        .addKeyValue("added", added.added())
        .log("numbers blocked");
    return Answer.ok(new AddedView(added.added(), added.present(), refused));
  }

  private Answer lift(Asked asked) {
    LiftForm form = asked.body(LiftForm.class);
    String reason = reason(form.reason());
    if (!form.list().isCustomers()) {
      throw Problem.conflict(
          "NOT_YOURS_TO_LIFT", "Only the provider lifts entries of the list " + form.list() + ".");
    }
    Msisdn number =
        reader.read(form.number()) instanceof NumberReading.Dialable(Msisdn read)
            ? read
            : notFound();
    if (!suppressions.lift(number, form.list()).await()) {
      throw Problem.notFound("entry");
    }
    log.atWarn()
        .addKeyValue("person", asked.person().loggable())
        .addKeyValue("list", form.list())
        .addKeyValue("why", reason)
        .log("a number may be called again");
    return Answer.done();
  }

  private static Msisdn notFound() {
    throw Problem.notFound("entry");
  }

  private static String reason(String text) {
    String reason = text.strip();
    if (reason.isEmpty()) {
      throw CampaignRoutes.refused("reason", "MISSING", "Say why.");
    }
    return reason;
  }
}
