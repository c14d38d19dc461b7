package kz.qonyrau.licensing;

import java.util.List;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.postoffice.Binding;
import org.apache.activemq.artemis.core.postoffice.BindingType;
import org.apache.activemq.artemis.core.server.BindingQueryResult;
import org.apache.activemq.artemis.core.server.impl.ActiveMQServerImpl;
import org.apache.activemq.artemis.core.server.impl.ServiceRegistryImpl;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.apache.activemq.artemis.spi.core.security.ActiveMQSecurityManager5;
import org.apache.activemq.artemis.utils.CompositeAddress;

/// Artemis, which finds the queues of an address without comparing the names of all queues there
/// are.
///
/// Artemis asks that twice for each subscription, and a box makes six: to let in a fleet would take
/// time with the square of its size, and 10,000 boxes never got in. Every topic of a box is a plain
/// address, and those are kept in a map.
final class IndexedServer extends ActiveMQServerImpl {

  IndexedServer(
      Configuration configuration, ActiveMQSecurityManager5 rights, ServiceRegistryImpl registry) {
    super(configuration, null, rights, null, registry);
  }

  /// Answers as the inherited method does, but for a plain address without the queues of filters
  /// that happen to match it, for which MQTT does not ask.
  @Override
  public BindingQueryResult bindingQuery(SimpleString address, boolean newFullyQualifiedName)
      throws Exception {
    SimpleString plain = CompositeAddress.extractAddressName(address);
    if (!plain.equals(address)
        || getConfiguration().getWildcardConfiguration().isWild(plain)
        || plain.equals(getConfiguration().getManagementAddress())) {
      return super.bindingQuery(address, newFullyQualifiedName);
    }
    AddressSettings settings = getAddressSettingsRepository().getMatch(plain.toString());
    List<SimpleString> queues =
        getPostOffice().getDirectBindings(plain).stream()
            .filter(IndexedServer::isQueue)
            .map(Binding::getUniqueName)
            .toList();
    return new BindingQueryResult(
        getAddressInfo(plain) != null,
        getAddressInfo(plain),
        queues,
        settings.isAutoCreateQueues(),
        settings.isAutoCreateAddresses(),
        settings.isDefaultPurgeOnNoConsumers(),
        settings.getDefaultMaxConsumers(),
        settings.isDefaultExclusiveQueue(),
        settings.isDefaultLastValueQueue(),
        settings.getDefaultLastValueKey(),
        settings.isDefaultNonDestructive(),
        settings.getDefaultConsumersBeforeDispatch(),
        settings.getDefaultDelayBeforeDispatch());
  }

  private static boolean isQueue(Binding binding) {
    return binding.getType() == BindingType.LOCAL_QUEUE
        || binding.getType() == BindingType.REMOTE_QUEUE;
  }
}
