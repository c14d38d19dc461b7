package kz.qonyrau.bench;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import kz.qonyrau.fleet.Authority;
import kz.qonyrau.wire.TlsIdentity;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptor;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptorFactory;
import org.apache.activemq.artemis.core.remoting.impl.netty.TransportConstants;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.server.impl.ActiveMQServerImpl;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Baseline: the same Artemis with the same journal, certificates of both sides and limits as in
/// central, and nothing else. It asks nobody for rights, and nobody reads what is sent unless a
/// baseline does.
final class BareBroker {

  private static final Logger log = LoggerFactory.getLogger(BareBroker.class);
  private static final int MEBIBYTE = 1024 * 1024;
  private static final String PASSWORD = "for the length of a benchmark";

  private BareBroker() {}

  /// The program: the directory of the provider's keys, and one for the journal. Prints the port.
  public static void main(String... arguments) throws Exception {
    try {
      serve(arguments);
    } catch (Exception | LinkageError failure) {
      // Artemis leaves threads behind that would keep a broken broker alive.
      log.atError().setCause(failure).log("the bare broker does not start");
      System.exit(1);
    }
  }

  private static void serve(String... arguments) throws Exception {
    Authority authority =
        Authority.open(Path.of(arguments[0]), Clock.systemUTC(), new SecureRandom());
    Path data = Path.of(arguments[1]);
    Files.createDirectories(data);
    var configuration = new ConfigurationImpl();
    configuration
        .setName("bare")
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
        .setGlobalMaxSize(64 * MEBIBYTE)
        .setMaxDiskUsage(100)
        .setThreadPoolMaxSize(16)
        .setScheduledThreadPoolMaxSize(2)
        .setJMXManagementEnabled(false)
        .setMessageCounterEnabled(false)
        .setSecurityEnabled(false)
        .setGracefulShutdownEnabled(false)
        .addAddressSetting("#", new AddressSettings().setMaxSizeBytes(32 * MEBIBYTE))
        .addAcceptorConfiguration(
            new TransportConfiguration(
                NettyAcceptorFactory.class.getName(), acceptor(data, authority), "mqtt"));
    var server = new ActiveMQServerImpl(configuration);
    server.start();
    if (!(server.getRemotingService().getAcceptor("mqtt") instanceof NettyAcceptor acceptor)) {
      throw new IllegalStateException("the bare broker does not listen");
    }
    System.out.println("{\"ready\":true,\"port\":" + acceptor.getActualPort() + "}");
    System.out.flush();
    new CountDownLatch(1).await();
  }

  private static Map<String, Object> acceptor(Path data, Authority authority)
      throws IOException, GeneralSecurityException {
    TlsIdentity identity = authority.serverIdentity(Set.of("localhost"));
    Path keys = data.resolve("broker.p12");
    Path trust = data.resolve("trust.p12");
    save(identity.keyStore(PASSWORD.toCharArray()), keys);
    save(TlsIdentity.trustStore(authority.certificate()), trust);
    Map<String, Object> parameters = new HashMap<>();
    parameters.put(TransportConstants.HOST_PROP_NAME, "127.0.0.1");
    parameters.put(TransportConstants.PORT_PROP_NAME, 0);
    parameters.put(TransportConstants.PROTOCOLS_PROP_NAME, "MQTT");
    parameters.put(TransportConstants.SSL_ENABLED_PROP_NAME, true);
    parameters.put(TransportConstants.NEED_CLIENT_AUTH_PROP_NAME, true);
    parameters.put(TransportConstants.ENABLED_PROTOCOLS_PROP_NAME, "TLSv1.3");
    parameters.put(TransportConstants.KEYSTORE_TYPE_PROP_NAME, "PKCS12");
    parameters.put(TransportConstants.KEYSTORE_PATH_PROP_NAME, keys.toString());
    parameters.put(TransportConstants.KEYSTORE_PASSWORD_PROP_NAME, PASSWORD);
    parameters.put(TransportConstants.TRUSTSTORE_TYPE_PROP_NAME, "PKCS12");
    parameters.put(TransportConstants.TRUSTSTORE_PATH_PROP_NAME, trust.toString());
    parameters.put(TransportConstants.TRUSTSTORE_PASSWORD_PROP_NAME, PASSWORD);
    parameters.put(TransportConstants.REMOTING_THREADS_PROPNAME, 4);
    parameters.put(TransportConstants.HANDSHAKE_TIMEOUT, 60);
    return parameters;
  }

  private static void save(KeyStore store, Path file) throws IOException, GeneralSecurityException {
    try (OutputStream out = Files.newOutputStream(file)) {
      store.store(out, PASSWORD.toCharArray());
    }
  }
}
