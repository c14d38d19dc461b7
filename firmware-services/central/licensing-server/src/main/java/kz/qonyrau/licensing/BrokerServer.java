package kz.qonyrau.licensing;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import kz.qonyrau.fleet.Admissions;
import kz.qonyrau.fleet.Authority;
import kz.qonyrau.fleet.Trespasses;
import kz.qonyrau.vocabulary.BoxId;
import kz.qonyrau.wire.TlsIdentity;
import org.apache.activemq.artemis.api.core.ActiveMQDisconnectedException;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptor;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptorFactory;
import org.apache.activemq.artemis.core.remoting.impl.netty.TransportConstants;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.server.impl.ServiceRegistryImpl;
import org.apache.activemq.artemis.core.settings.impl.AddressFullMessagePolicy;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.apache.activemq.artemis.core.settings.impl.PageFullMessagePolicy;
import org.apache.activemq.artemis.spi.core.protocol.RemotingConnection;

/// Artemis inside this program: MQTT over TLS 1.3 with certificates of both sides, a durable
/// journal, bounded memory and disk. No web console, no discovery, no other protocol.
final class BrokerServer implements AutoCloseable {

  private static final String ACCEPTOR = "mqtt";
  private static final int MEBIBYTE = 1024 * 1024;
  private static final int QUEUE_ROOM = 32;

  /// How long whoever knocks may take until his first packet. When a whole fleet knocks at once,
  /// most wait for their turn; with the usual 10 s, more were thrown out than let in, came back,
  /// and none got in any more.
  private static final int HANDSHAKE_SECONDS = 60;

  private final IndexedServer server;
  private final int port;

  private BrokerServer(IndexedServer server, int port) {
    this.server = server;
    this.port = port;
  }

  /// Lets Netty free memory in the way that Artemis' journal needs: without it, Netty 4.2 on Java
  /// 25 refuses the journal's buffers when a journal is read again. Must be called before anything
  /// of Netty is loaded; a program that cannot know passes `-Dio.netty.noUnsafe=false`.
  static void prepareNetty() {
    if (System.getProperty("io.netty.noUnsafe") == null) {
      System.setProperty("io.netty.noUnsafe", "false");
    }
  }

  /// Starts the broker. Blocks for a second or two.
  ///
  /// @param data its journal
  /// @param trespasses told of boxes that overstep
  /// @param host the name under which boxes and nodes reach it
  /// @throws IllegalStateException if it cannot start, for example because the port is taken
  static BrokerServer start(
      Path data,
      String listen,
      Settings.BrokerSettings settings,
      String host,
      Authority authority,
      Admissions admissions,
      Trespasses trespasses,
      SecureRandom random) {
    try {
      makePrivate(data);
      var registry = new ServiceRegistryImpl();
      registry.addIncomingInterceptor(new PacketGuard(trespasses));
      var server =
          new IndexedServer(
              configuration(data, listen, settings, host, authority, random),
              new TopicRights(admissions),
              registry);
      server.start();
      if (!(server.getRemotingService().getAcceptor(ACCEPTOR) instanceof NettyAcceptor acceptor)
          || acceptor.getActualPort() <= 0) {
        server.stop();
        throw new IllegalStateException(
            "the broker cannot listen on " + listen + ":" + settings.port());
      }
      return new BrokerServer(server, acceptor.getActualPort());
    } catch (IllegalStateException failure) {
      throw failure;
    } catch (Exception failure) {
      throw new IllegalStateException("the broker cannot start: " + failure, failure);
    }
  }

  private static Configuration configuration(
      Path data,
      String listen,
      Settings.BrokerSettings settings,
      String host,
      Authority authority,
      SecureRandom random)
      throws IOException, GeneralSecurityException {
    var configuration = new ConfigurationImpl();
    configuration
        .setName("central")
        .setPersistenceEnabled(true)
        .setJournalDirectory(data.resolve("journal").toString())
        .setBindingsDirectory(data.resolve("bindings").toString())
        .setPagingDirectory(data.resolve("paging").toString())
        .setLargeMessagesDirectory(data.resolve("large-messages").toString())
        .setNodeManagerLockDirectory(data.resolve("lock").toString())
        .setJournalType(JournalType.NIO)
        .setJournalDatasync(true)
        .setJournalFileSize(4 * MEBIBYTE)
        .setJournalMinFiles(2)
        .setJournalPoolFiles(8)
        .setGlobalMaxSize(settings.memoryBytes())
        .setMaxDiskUsage(settings.diskUsedPercentMax())
        .setThreadPoolMaxSize(16)
        .setScheduledThreadPoolMaxSize(2)
        .setJMXManagementEnabled(false)
        .setMessageCounterEnabled(false)
        .setSecurityEnabled(true)
        // A refused certificate must be refused at once.
        .setAuthenticationCacheSize(0)
        .setAuthorizationCacheSize(0)
        .setSecurityInvalidationInterval(0)
        .setGracefulShutdownEnabled(false)
        .addAddressSetting(
            "#",
            new AddressSettings()
                .setAddressFullMessagePolicy(AddressFullMessagePolicy.PAGE)
                .setMaxSizeBytes(settings.memoryBytes() / 2)
                .setPageSizeBytes(MEBIBYTE)
                .setPageLimitBytes(settings.diskPerQueueBytes())
                .setPageFullMessagePolicy(PageFullMessagePolicy.FAIL)
                .setMaxDeliveryAttempts(-1)
                // A box has some queues and each is nearly always empty: room for 8192 messages, as
                // usual, would be 32 KiB of memory for each of them.
                .setInitialQueueBufferSize(QUEUE_ROOM)
                // Never used: attempts are unlimited and nothing expires. Named to keep the log
                // quiet.
                .setDeadLetterAddress(SimpleString.of("nowhere"))
                .setExpiryAddress(SimpleString.of("nowhere"))
                .setAutoCreateDeadLetterResources(false)
                .setAutoCreateExpiryResources(false))
        .addAcceptorConfiguration(
            new TransportConfiguration(
                NettyAcceptorFactory.class.getName(),
                acceptor(data, listen, settings, host, authority, random),
                ACCEPTOR));
    return configuration;
  }

  private static Map<String, Object> acceptor(
      Path data,
      String listen,
      Settings.BrokerSettings settings,
      String host,
      Authority authority,
      SecureRandom random)
      throws IOException, GeneralSecurityException {
    byte[] secret = new byte[24];
    random.nextBytes(secret);
    // The library reads key stores from files only; they are made anew at each start under a
    // password that is kept in memory.
    String password = Base64.getUrlEncoder().encodeToString(secret);
    TlsIdentity identity = authority.serverIdentity(new TreeSet<>(List.of(host, listen)));
    Path keys = data.resolve("broker.p12");
    Path trust = data.resolve("trust.p12");
    save(identity.keyStore(password.toCharArray()), keys, password);
    save(TlsIdentity.trustStore(authority.certificate()), trust, password);
    Map<String, Object> parameters = new HashMap<>();
    parameters.put(TransportConstants.HOST_PROP_NAME, listen);
    parameters.put(TransportConstants.PORT_PROP_NAME, settings.port());
    parameters.put(TransportConstants.PROTOCOLS_PROP_NAME, "MQTT");
    parameters.put(TransportConstants.SSL_ENABLED_PROP_NAME, true);
    parameters.put(TransportConstants.NEED_CLIENT_AUTH_PROP_NAME, true);
    parameters.put(TransportConstants.ENABLED_PROTOCOLS_PROP_NAME, "TLSv1.3");
    parameters.put(TransportConstants.KEYSTORE_TYPE_PROP_NAME, "PKCS12");
    parameters.put(TransportConstants.KEYSTORE_PATH_PROP_NAME, keys.toString());
    parameters.put(TransportConstants.KEYSTORE_PASSWORD_PROP_NAME, password);
    parameters.put(TransportConstants.TRUSTSTORE_TYPE_PROP_NAME, "PKCS12");
    parameters.put(TransportConstants.TRUSTSTORE_PATH_PROP_NAME, trust.toString());
    parameters.put(TransportConstants.TRUSTSTORE_PASSWORD_PROP_NAME, password);
    parameters.put(TransportConstants.REMOTING_THREADS_PROPNAME, 4);
    parameters.put(TransportConstants.HANDSHAKE_TIMEOUT, HANDSHAKE_SECONDS);
    return parameters;
  }

  private static void makePrivate(Path directory) throws IOException {
    Files.createDirectories(
        directory,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
  }

  private static void save(KeyStore store, Path file, String password)
      throws IOException, GeneralSecurityException {
    Files.deleteIfExists(file);
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try (OutputStream out = Files.newOutputStream(file)) {
      store.store(out, password.toCharArray());
    }
  }

  /// The port it listens on.
  int port() {
    return port;
  }

  /// Ends the connections of a box, for example because its certificate is refused from now on.
  void disconnect(BoxId box) {
    for (RemotingConnection connection : server.getRemotingService().getConnections()) {
      if (box.value().equals(connection.getClientID())) {
        connection.fail(new ActiveMQDisconnectedException("this box is refused"));
      }
    }
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception failure) {
      throw new IllegalStateException("the broker did not stop in good order", failure);
    }
  }
}
