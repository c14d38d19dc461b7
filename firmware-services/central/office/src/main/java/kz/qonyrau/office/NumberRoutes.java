package kz.qonyrau.office;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import kz.qonyrau.fleet.NumberPool;
import kz.qonyrau.fleet.PoolNumber;
import kz.qonyrau.vocabulary.BoxId;
import kz.qonyrau.vocabulary.Msisdn;
import kz.qonyrau.web.Answer;
import kz.qonyrau.web.Asked;
import kz.qonyrau.web.Desk;
import kz.qonyrau.web.Problem;

/// The numbers that subscribers see, and which box may show them (AC-CAL-03).
final class NumberRoutes {

  private final NumberPool pool;

  NumberRoutes(NumberPool pool) {
    this.pool = pool;
  }

  void putOn(Desk desk) {
    var _ =
        desk.on("poolNumbers", _ -> numbers())
            .on("addNumbers", this::add)
            .on("removeNumber", this::remove)
            .on("assignNumber", this::assign)
            .on("releaseNumber", this::release);
  }

  private record NumbersForm(List<String> numbers) {}

  private record AddedJson(int added, int known) {}

  private record AssignmentForm(String boxId, String note) {}

  private record Note(String note) {}

  private record AssignmentJson(
      String boxId, String organisation, String site, String note, Instant since, String by) {

    static AssignmentJson of(PoolNumber.Assignment assignment) {
      return new AssignmentJson(
          assignment.box().value(),
          assignment.organisation(),
          assignment.site(),
          assignment.note(),
          assignment.since(),
          assignment.by());
    }
  }

  private record NumberJson(String number, Instant addedAt, Optional<AssignmentJson> assignment) {

    static NumberJson of(PoolNumber number) {
      return new NumberJson(
          number.number().e164(), number.added(), number.assignment().map(AssignmentJson::of));
    }
  }

  private Answer numbers() {
    return Answer.ok(pool.all().await().stream().map(NumberJson::of).toList());
  }

  private Answer add(Asked asked) {
    List<Msisdn> numbers =
        asked.body(NumbersForm.class).numbers().stream().map(Msisdn::new).distinct().toList();
    int added = pool.add(numbers, asked.person().login()).await().size();
    return Answer.ok(new AddedJson(added, numbers.size() - added));
  }

  private Answer remove(Asked asked) {
    return done(pool.remove(number(asked)).await());
  }

  private Answer assign(Asked asked) {
    AssignmentForm form = asked.body(AssignmentForm.class);
    return done(
        pool.assign(number(asked), box(form.boxId()), form.note(), asked.person().login()).await());
  }

  private Answer release(Asked asked) {
    return done(
        pool.release(number(asked), asked.body(Note.class).note(), asked.person().login()).await());
  }

  private static Msisdn number(Asked asked) {
    return asked.id("number", digits -> new Msisdn("+" + digits));
  }

  private static BoxId box(String text) {
    try {
      return new BoxId(text);
    } catch (IllegalArgumentException _) {
      throw Problem.notFound("box");
    }
  }

  private static Answer done(NumberPool.Result result) {
    return switch (result) {
      case NumberPool.Result.Done _ -> Answer.done();
      case NumberPool.Result.NoSuchNumber _ -> throw Problem.notFound("number");
      case NumberPool.Result.NoSuchBox _ -> throw Problem.notFound("box");
      case NumberPool.Result.BoxRefused _ ->
          throw Problem.conflict(
              "BOX_REFUSED", "The box's certificate is refused; nothing reaches it.");
      case NumberPool.Result.AssignedTo _ ->
          throw Problem.conflict(
              "NUMBER_ASSIGNED", "A box has this number. Release it there first.");
      case NumberPool.Result.Free _ ->
          throw Problem.conflict("NUMBER_FREE", "No box has this number.");
      case NumberPool.Result.TooMany(int most) ->
          throw Problem.conflict(
              "TOO_MANY_NUMBERS", "A box has at most " + most + " numbers. Release one first.");
    };
  }
}
