package kz.qonyrau.office;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import kz.qonyrau.fleet.Box;
import kz.qonyrau.fleet.Fleet;
import kz.qonyrau.fleet.FleetAtAGlance;
import kz.qonyrau.vocabulary.BoxId;
import kz.qonyrau.web.Answer;
import kz.qonyrau.web.Asked;
import kz.qonyrau.web.Desk;
import kz.qonyrau.web.Problem;

/// What is seen of the fleet: all of it, one box, and what was used by the hour (PLT-11).
final class FleetRoutes {

  private static final int TIMELINE = 100;
  private static final int HOURS = 48;

  private final Fleet fleet;
  private final InstantSource clock;

  FleetRoutes(Fleet fleet, InstantSource clock) {
    this.fleet = fleet;
    this.clock = clock;
  }

  void putOn(Desk desk) {
    var _ =
        desk.on("fleet", _ -> glance())
            .on("boxes", this::boxes)
            .on("box", this::box)
            .on("boxUsage", this::boxUsage)
            .on("boxTimeline", this::boxTimeline)
            .on("usage", asked -> usage(Optional.empty(), asked));
  }

  /// The first page of central.
  private record Glance(
      int boxes,
      int online,
      int offline,
      int neverSeen,
      int activeCalls,
      UsageJson.Day today,
      List<UsageJson> hours,
      List<TimelineJson> alarms) {}

  private Answer glance() {
    FleetAtAGlance glance = fleet.views().glance().await();
    return Answer.ok(
        new Glance(
            glance.boxes(),
            glance.online(),
            glance.offline(),
            glance.neverSeen(),
            glance.activeCalls(),
            UsageJson.Day.of(glance.today()),
            glance.hours().stream().map(UsageJson::of).toList(),
            glance.alarms().stream().map(TimelineJson::of).toList()));
  }

  private Answer boxes(Asked asked) {
    String search = asked.text("search").orElse("").strip().toLowerCase(Locale.ROOT);
    Optional<String> state = asked.text("state");
    return Answer.ok(
        fleet.views().boxes().await().stream()
            .filter(box -> search.isEmpty() || isNamed(box, search))
            .filter(box -> state.isEmpty() || box.state().name().equals(state.get()))
            .map(BoxJson::of)
            .toList());
  }

  private static boolean isNamed(Box box, String search) {
    return Stream.of(box.organisation(), box.site(), box.serial(), box.id().value())
        .anyMatch(text -> text.toLowerCase(Locale.ROOT).contains(search));
  }

  private Answer box(Asked asked) {
    return Answer.ok(BoxJson.of(known(asked)));
  }

  private Answer boxUsage(Asked asked) {
    return usage(Optional.of(known(asked).id()), asked);
  }

  private Answer boxTimeline(Asked asked) {
    return Answer.ok(
        fleet.views().timeline(known(asked).id(), asked.whole("size", TIMELINE)).await().stream()
            .map(TimelineJson::of)
            .toList());
  }

  private Answer usage(Optional<BoxId> box, Asked asked) {
    Instant to = clock.instant();
    Instant from = to.minus(Duration.ofHours(asked.whole("hours", HOURS)));
    return Answer.ok(
        fleet.views().usage(box, from, to).await().stream().map(UsageJson::of).toList());
  }

  private Box known(Asked asked) {
    return fleet
        .views()
        .box(asked.id("boxId", BoxId::new))
        .await()
        .orElseThrow(() -> Problem.notFound("box"));
  }
}
