package kz.qonyrau.office;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kz.qonyrau.fleet.Fleet;
import kz.qonyrau.fleet.FleetEvent;
import kz.qonyrau.store.Store;
import kz.qonyrau.web.AccessTable;
import kz.qonyrau.web.Desk;
import kz.qonyrau.web.Door;
import kz.qonyrau.web.DoorSettings;
import kz.qonyrau.web.LiveUpdates;
import kz.qonyrau.web.Passwords;

/// The HTTP API and live page of central: who may do what to the fleet, and what everybody sees.
///
/// What is done is written into the boxes' timelines by the fleet, with the login of who did it.
public final class Office implements AutoCloseable {

  private static final String FLEET = "FLEET";
  private static final String BILLING = "BILLING";
  private static final String AUDITOR = "AUDITOR";

  private final Door door;
  private final LiveUpdates live;

  private Office(Door door, LiveUpdates live) {
    this.door = door;
    this.live = live;
  }

  /// Opens the office and completes when it listens. At the first start it makes one person of each
  /// role and writes their passwords into `first-passwords` in its data directory.
  ///
  /// @param store with the schema OFFICE
  public static Future<Office> open(
      Vertx vertx, Store store, Fleet fleet, OfficeSettings settings, InstantSource clock) {
    OfficePeople people = new OfficePeople(store);
    LiveUpdates live = new LiveUpdates(vertx);
    Desk desk = new Desk("openapi/central.yaml", access());
    new FleetRoutes(fleet, clock).putOn(desk);
    new BoxRoutes(fleet).putOn(desk);
    new ClaimRoutes(fleet).putOn(desk);
    Passwords passwords = new Passwords();
    return people
        .makeTheFirst(passwords, settings.data().resolve("first-passwords"))
        .eventually(() -> {
          passwords.close();
          return Future.succeededFuture();
        })
        .compose(_ ->
            Door.open(
                vertx,
                new DoorSettings(
                    settings.host(),
                    settings.port(),
                    settings.data().resolve("uploads"),
                    settings.pages(),
                    false,
                    settings.firstPasswordMayStay()),
                desk,
                people,
                live,
                clock))
        .onFailure(_ -> live.close())
        .map(door -> {
          fleet.onChange(event -> tell(fleet, live, event));
          return new Office(door, live);
        });
  }

  /// Where it listens.
  public int port() {
    return door.port();
  }

  @Override
  public void close() {
    live.close();
    door.close();
  }

  /// Everybody at central sees the fleet; only some may change it (PLT-18, roles of the provider).
  static AccessTable access() {
    Set<String> everybody = Set.of(FLEET, BILLING, AUDITOR);
    Map<String, Set<String>> seen =
        Stream.of(
                "whoAmI",
                "signOut",
                "changePassword",
                "live",
                "fleet",
                "boxes",
                "box",
                "boxUsage",
                "boxTimeline",
                "usage",
                "claims")
            .collect(Collectors.toMap(operation -> operation, _ -> everybody));
    seen.put("createClaim", Set.of(FLEET));
    seen.put("issueLicense", Set.of(FLEET));
    seen.put("revokeBox", Set.of(FLEET));
    seen.put("creditBox", Set.of(BILLING));
    return new AccessTable(seen, Set.of("signIn"));
  }

  private static void tell(Fleet fleet, LiveUpdates live, FleetEvent event) {
    if (!live.isWatched()) {
      return;
    }
    switch (event) {
      case FleetEvent.BoxChanged(var box) ->
          fleet
              .box(box)
              .onSuccess(found -> found.ifPresent(it -> live.publish("box", BoxJson.of(it))));
      case FleetEvent.UsageStored(var box) -> live.publish("usage", Map.of("boxId", box.value()));
      case FleetEvent.AlarmRaised(var alarm) -> live.publish("alarm", TimelineJson.of(alarm));
    }
  }
}
