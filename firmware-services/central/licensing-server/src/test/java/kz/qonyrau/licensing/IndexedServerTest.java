package kz.qonyrau.licensing;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.impl.ActiveMQServerImpl;
import org.apache.activemq.artemis.core.server.impl.AddressInfo;
import org.apache.activemq.artemis.core.server.impl.ServiceRegistryImpl;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.apache.activemq.artemis.spi.core.security.ActiveMQBasicSecurityManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Beside Artemis as it comes, with the same queues.
class IndexedServerTest {

  private final ActiveMQServer plain = new ActiveMQServerImpl(configuration());
  private final ActiveMQServer indexed =
      new IndexedServer(
          configuration(), new ActiveMQBasicSecurityManager(), new ServiceRegistryImpl());

  private static Configuration configuration() {
    return new ConfigurationImpl()
        .setPersistenceEnabled(false)
        .setSecurityEnabled(false)
        .setJMXManagementEnabled(false)
        .addAddressSetting(
            "acb.v1.#", new AddressSettings().setAutoCreateQueues(false).setDefaultMaxConsumers(7));
  }

  @BeforeEach
  void start() throws Exception {
    for (ActiveMQServer server : new ActiveMQServer[] {plain, indexed}) {
      server.start();
      queue(server, "alpha.licence", "acb.v1.alpha.licence");
      queue(server, "alpha.licence.too", "acb.v1.alpha.licence");
      queue(server, "beta.licence", "acb.v1.beta.licence");
      queue(server, "retained.alpha", "$sys.mqtt.retain.acb.v1.alpha.licence");
      queue(server, "central.usage", "acb.v1.*.usage");
      server.addAddressInfo(
          new AddressInfo(SimpleString.of("acb.v1.alpha.lease"), RoutingType.MULTICAST));
    }
  }

  private static void queue(ActiveMQServer server, String name, String address) throws Exception {
    var _ =
        server.createQueue(
            QueueConfiguration.of(name)
                .setAddress(address)
                .setRoutingType(RoutingType.MULTICAST)
                .setDurable(false));
  }

  @AfterEach
  void stop() throws Exception {
    plain.stop();
    indexed.stop();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "acb.v1.alpha.licence",
        "acb.v1.beta.licence",
        "acb.v1.alpha.lease",
        "acb.v1.nobody.licence",
        "$sys.mqtt.retain.acb.v1.alpha.licence",
        "$sys.mqtt.retain.acb.v1.beta.licence",
        "acb.v1.*.usage",
        "acb.v1.#",
        "acb.v1.alpha.licence::alpha.licence",
        "activemq.management",
        "alpha",
        ""
      })
  void findsWhatArtemisFinds(String address) throws Exception {
    SimpleString asked = SimpleString.of(address);

    assertThat(indexed.bindingQuery(asked))
        .usingRecursiveComparison()
        .ignoringFields("addressInfo")
        .ignoringCollectionOrder()
        .isEqualTo(plain.bindingQuery(asked));
  }

  @Test
  void findsTheQueuesOfAnAddress() throws Exception {
    assertThat(indexed.bindingQuery(SimpleString.of("acb.v1.alpha.licence")).getQueueNames())
        .extracting(SimpleString::toString)
        .containsExactlyInAnyOrder("alpha.licence", "alpha.licence.too");
  }
}
