package kz.qonyrau.licensing;

import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import kz.qonyrau.fleet.Admissions;
import kz.qonyrau.fleet.Authority;
import kz.qonyrau.fleet.Trespasses;
import kz.qonyrau.store.Store;

/// The broker as a program of its own, at which boxes and several nodes of central meet. Keeps what
/// nobody has taken yet in its data directory; reads in the shared database who is admitted, and
/// writes nothing there but alarms of boxes that overstep.
final class LoneBroker implements Program {

  private static final Duration START = Duration.ofSeconds(30);

  private final Parts parts = new Parts();
  private final BrokerServer broker;

  private LoneBroker(Path data, Settings settings, InstantSource clock)
      throws InterruptedException, TimeoutException {
    BrokerServer.prepareNetty();
    SecureRandom random = new SecureRandom();
    Parts.makePrivate(data);
    try {
      Vertx vertx = parts.vertx();
      Store store = parts.store(data, settings, List.of("FLEET"));
      Authority authority =
          Authority.open(settings.keys().orElse(data.resolve("keys")), clock, random);
      Admissions admissions = new Admissions(store, clock);
      admissions.start().await(START.toSeconds(), TimeUnit.SECONDS);
      broker =
          parts.keep(
              BrokerServer.start(
                  data.resolve("broker"),
                  settings.listen(),
                  settings.broker(),
                  settings.publicHost(),
                  authority,
                  admissions,
                  new Trespasses(store, clock, _ -> {}),
                  random),
              BrokerServer::close);
      AdmissionWatch.start(vertx, admissions, broker::disconnect);
    } catch (RuntimeException | TimeoutException | Error failure) {
      parts.close();
      throw failure;
    }
  }

  static LoneBroker open(Path data, Settings settings, InstantSource clock)
      throws InterruptedException, TimeoutException {
    return new LoneBroker(data, settings, clock);
  }

  @Override
  public String readyLine() {
    return "{\"ready\":true,\"brokerPort\":" + broker.port() + "}";
  }

  @Override
  public void close() {
    parts.close();
  }
}
