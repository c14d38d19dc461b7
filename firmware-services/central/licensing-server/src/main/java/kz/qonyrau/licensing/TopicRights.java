package kz.qonyrau.licensing;

import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.security.auth.Subject;
import kz.qonyrau.fleet.Admissions;
import kz.qonyrau.fleet.Authority;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Who may do what at the broker, by certificate alone: no names, no passwords (PLT-08).
///
/// A box publishes and subscribes under its own topics only, up what is to go up and down what is
/// to come down. Central may do everything. Nobody may manage the broker over the network.
final class TopicRights implements ActiveMQSecurityManager5 {

  private static final Logger log = LoggerFactory.getLogger(TopicRights.class);
  private static final long PATIENCE_S = 5;

  private final Admissions admissions;

  TopicRights(Admissions admissions) {
    this.admissions = admissions;
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
              case PeerName.OfBox(var box) -> isAdmitted(box);
            })
        .map(peer ->
            new Subject(true, Set.of(new UserPrincipal(peer.commonName())), Set.of(), Set.of()))
        .orElse(null);
  }

  /// Runs on one of the broker's threads that may wait.
  private boolean isAdmitted(BoxId box) {
    try {
      return admissions.admits(box).await(PATIENCE_S, TimeUnit.SECONDS);
    } catch (TimeoutException | RuntimeException failure) {
      log.atWarn()
          .addKeyValue("box", box)
          .setCause(failure)
          .log("a box is not let in, as the database does not say whether it is admitted");
      return false;
    }
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
        : admissions.isAdmitted(new BoxId(name)) && mayUse(new BoxId(name), check, address);
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
