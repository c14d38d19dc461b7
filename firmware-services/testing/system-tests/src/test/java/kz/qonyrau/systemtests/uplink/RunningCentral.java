package kz.qonyrau.systemtests.uplink;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeoutException;
import kz.qonyrau.billing.TopUp;
import kz.qonyrau.billing.TopUpResult;
import kz.qonyrau.billing.WalletKind;
import kz.qonyrau.fleet.ClaimOrder;
import kz.qonyrau.fleet.Fleet;
import kz.qonyrau.ledger.Ledger;
import kz.qonyrau.licensing.Assembly;
import kz.qonyrau.licensing.Settings;
import kz.qonyrau.testsupport.Eventually;
import kz.qonyrau.testsupport.Ports;
import kz.qonyrau.vocabulary.Tenge;
import kz.qonyrau.wire.ClaimTicket;
import org.jspecify.annotations.Nullable;

/// The whole licensing server in this process; it can be stopped and started again on the same data
/// and ports.
final class RunningCentral implements AutoCloseable {

  private final Path data;
  private final Map<String, Object> more;
  private final int brokerPort = Ports.free();
  private final int enrolmentPort = Ports.free();
  private @Nullable Assembly assembly;
  private String customer = "";

  RunningCentral(Path data) throws InterruptedException, TimeoutException {
    this(data, Map.of());
  }

  /// @param more settings that differ
  RunningCentral(Path data, Map<String, Object> more)
      throws InterruptedException, TimeoutException {
    this.data = data;
    this.more = more;
    start();
  }

  void start() throws InterruptedException, TimeoutException {
    assembly =
        Assembly.open(
            data,
            Settings.read(
                ConfigFactory.parseMap(more)
                    .withFallback(
                        ConfigFactory.parseMap(
                            Map.of(
                                "licensing.broker.port",
                                brokerPort,
                                "licensing.enrolment.port",
                                enrolmentPort,
                                "licensing.enrolment.requests-per-minute-and-address",
                                1000,
                                "licensing.console.port",
                                0,
                                "licensing.billing.first-price-list",
                                priceList().toString(),
                                "licensing.broker.disk-used-percent-max",
                                100)))),
            Clock.systemUTC());
  }

  private Path priceList() {
    try {
      Files.createDirectories(data);
      return Files.writeString(
          data.resolve("price-list.json"),
          """
          {"version": "t-1", "publishedAt": "2026-01-01T00:00:00Z", "lines": [
            {"service": "CALL_TIME", "price": "24.00", "unit": "PT1M", "step": "PT1S",
             "minimum": "0.00"}]}
          """);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  void stop() {
    if (assembly != null) {
      assembly.close();
      assembly = null;
    }
  }

  @Override
  public void close() {
    stop();
  }

  Fleet fleet() {
    return requireNonNull(assembly).fleet();
  }

  Ledger ledger() {
    return requireNonNull(assembly).ledger();
  }

  int brokerPort() {
    return brokerPort;
  }

  URI door() {
    return URI.create("https://localhost:" + enrolmentPort);
  }

  /// A ticket for a box that gets all of the money of a new customer who has just paid this.
  ClaimTicket ticket(String payment) {
    customer = "Nomad Coffee " + UUID.randomUUID();
    ClaimTicket ticket =
        Eventually.answer(
                fleet()
                    .issueClaim(
                        new ClaimOrder(
                            customer,
                            "Almaty",
                            Duration.ofHours(1),
                            Optional.of(Tenge.of("1000000.00")),
                            "admin")))
            .ticket();
    if (Tenge.of(payment).isPositive()) {
      topUp(payment);
    }
    return ticket;
  }

  /// Credits a payment of the customer of the last ticket.
  void topUp(String payment) {
    assertThat(
            Eventually.answer(
                requireNonNull(assembly)
                    .billing()
                    .topUp(
                        new TopUp(
                            UUID.randomUUID().toString(),
                            Eventually.answer(fleet().views().customers()).stream()
                                .filter(each -> each.name().equals(customer))
                                .findFirst()
                                .orElseThrow()
                                .id(),
                            WalletKind.AUTOCALL,
                            Tenge.of(payment),
                            "payment",
                            "billing"))))
        .isInstanceOf(TopUpResult.Credited.class);
  }
}
