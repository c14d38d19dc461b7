package kz.qonyrau.licensing;

import java.util.Set;
import javax.security.auth.Subject;
import kz.qonyrau.fleet.Authority;
import kz.qonyrau.fleet.Fleet;
import kz.qonyrau.vocabulary.BoxId;
import kz.qonyrau.wire.Direction;
import kz.qonyrau.wire.MalformedMessageException;
import kz.qonyrau.wire.Topic;
import org.apache.activemq.artemis.core.security.CheckType;
import org.apache.activemq.artemis.core.security.Role;
import org.apache.activemq.artemis.spi.core.protocol.RemotingConnection;
import org.apache.activemq.artemis.spi.core.security.ActiveMQSecurityManager5;
import org.apache.activemq.artemis.spi.core.security.jaas.UserPrincipal;
import org.jspecify.annotations.Nullable;

/// Who may do what at the broker, by certificate alone: no names, no passwords (PLT-08).
///
/// A box publishes and subscribes under its own topics only, up what is to go up and down what is
/// to come down. Central may do everything. Nobody may manage the broker over the network.
final class TopicRights implements ActiveMQSecurityManager5 {

  private final Fleet fleet;

  TopicRights(Fleet fleet) {
    this.fleet = fleet;
  }

  @Override
  public @Nullable Subject authenticate(
      @Nullable String user,
      @Nullable String password,
      RemotingConnection connection,
      @Nullable String domain) {
    return PeerName.of(connection)
        .filter(peer ->
            switch (peer) {
              case PeerName.Central _ -> true;
              case PeerName.OfBox(var box) -> fleet.isAdmitted(box);
            })
        .map(peer ->
            new Subject(true, Set.of(new UserPrincipal(peer.clientId())), Set.of(), Set.of()))
        .orElse(null);
  }

  @Override
  public boolean authorize(
      @Nullable Subject subject, Set<Role> roles, CheckType check, String address) {
    if (subject == null) {
      return false;
    }
    return subject.getPrincipals(UserPrincipal.class).stream()
        .anyMatch(principal -> mayDo(principal.getName(), check, address));
  }

  private boolean mayDo(String name, CheckType check, String address) {
    return name.equals(Authority.CENTRAL)
        ? check != CheckType.MANAGE
        : fleet.isAdmitted(new BoxId(name)) && mayUse(new BoxId(name), check, address);
  }

  private static boolean mayUse(BoxId own, CheckType check, String address) {
    // `address::queue` names a queue; the address alone decides.
    int colons = address.indexOf("::");
    String plain = colons < 0 ? address : address.substring(0, colons);
    Topic topic;
    try {
      topic = Topic.parse(plain.replace('.', '/'));
    } catch (MalformedMessageException _) {
      return false;
    }
    if (!topic.box().equals(own)) {
      return false;
    }
    boolean up = topic.kind().direction() == Direction.UP;
    return switch (check) {
      case SEND -> up;
      case CONSUME,
          CREATE_DURABLE_QUEUE,
          DELETE_DURABLE_QUEUE,
          CREATE_NON_DURABLE_QUEUE,
          DELETE_NON_DURABLE_QUEUE ->
          !up;
      case CREATE_ADDRESS -> true;
      case DELETE_ADDRESS, BROWSE, MANAGE, VIEW, EDIT -> false;
    };
  }

  @Override
  public boolean validateUser(@Nullable String user, @Nullable String password) {
    return false;
  }

  @Override
  public boolean validateUserAndRole(
      @Nullable String user, @Nullable String password, Set<Role> roles, CheckType checkType) {
    return false;
  }
}
