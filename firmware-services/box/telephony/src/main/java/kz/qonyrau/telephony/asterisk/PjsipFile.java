package kz.qonyrau.telephony.asterisk;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import kz.qonyrau.telephony.trunks.Trunk;
import kz.qonyrau.telephony.trunks.TrunkTerms;
import kz.qonyrau.telephony.trunks.TrunkTerms.Codec;
import kz.qonyrau.telephony.trunks.TrunkTerms.Login;
import kz.qonyrau.telephony.trunks.TrunkTerms.Transport;

/// What Asterisk is told of SIP. Each trunk's objects bear its id; a trunk that is shut is not
/// there at all, so nobody registers and nothing is asked.
final class PjsipFile {

  private PjsipFile() {}

  /// The whole of pjsip.conf.
  ///
  /// A carrier that does not answer at all is given up after 8 s and not after SIP's usual 32, so
  /// that another can be asked in time.
  static String text(int sipPort, List<Trunk> trunks) {
    List<Trunk> open = trunks.stream().filter(Trunk::isOpen).toList();
    // The box's own end is on loopback only if the carriers are.
    boolean alone =
        !open.isEmpty() && open.stream().allMatch(one -> one.terms().host().startsWith("127."));
    String bind = (alone ? "127.0.0.1" : "0.0.0.0") + ":" + sipPort;
    StringBuilder text =
        new StringBuilder(
            """
            [global]
            type = global
            endpoint_identifier_order = ip,username
            user_agent = Qonyrau

            [system]
            type = system
            timer_t1 = 125
            timer_b = 8000
            threadpool_initial_size = 8
            threadpool_auto_increment = 5
            threadpool_max_size = 50
            disable_tcp_switch = yes

            [udp]
            type = transport
            protocol = udp
            bind = %1$s
            allow_reload = yes
            """
                .formatted(bind));
    if (open.stream().anyMatch(one -> one.terms().transport() == Transport.TCP)) {
      text.append(
          """

          [tcp]
          type = transport
          protocol = tcp
          bind = %1$s
          allow_reload = yes
          """
              .formatted(bind));
    }
    Set<String> hosts = new HashSet<>();
    for (Trunk trunk : open) {
      text.append(line(trunk));
      // Asterisk takes each address once; what comes from there comes by the first of its trunks.
      if (hosts.add(trunk.terms().host())) {
        text.append(
            """

            [%1$s]
            type = identify
            endpoint = %1$s
            match = %2$s
            """
                .formatted(trunk.id(), trunk.terms().host()));
      }
    }
    return text.toString();
  }

  private static String line(Trunk trunk) {
    TrunkTerms terms = trunk.terms();
    String transport = terms.transport() == Transport.TCP ? "tcp" : "udp";
    String carrier = "sip:" + terms.host() + ":" + terms.port();
    if (terms.transport() == Transport.TCP) {
      carrier += "\\;transport=tcp";
    }
    String text =
        """

        [%1$s]
        type = aor
        contact = %2$s
        qualify_frequency = 5

        [%1$s]
        type = endpoint
        transport = %3$s
        context = from-trunk
        set_var = TRUNK=%1$s
        disallow = all
        allow = %4$s
        aors = %1$s
        direct_media = no
        rtp_symmetric = yes
        rtp_keepalive = 5
        rtp_timeout = 60
        dtmf_mode = rfc4733
        ignore_183_without_sdp = yes
        timers = yes
        """
            .formatted(
                trunk.id(),
                carrier,
                transport,
                terms.codecs().stream().map(Codec::word).collect(Collectors.joining(",")));
    String to = carrier;
    return text + terms.login().map(login -> registration(trunk, login, transport, to)).orElse("");
  }

  private static String registration(Trunk trunk, Login login, String transport, String carrier) {
    return """
    from_user = %2$s
    send_pai = yes
    outbound_auth = %1$s

    [%1$s]
    type = auth
    auth_type = userpass
    username = %2$s
    password = %3$s

    [%1$s]
    type = registration
    transport = %4$s
    outbound_auth = %1$s
    server_uri = %5$s
    client_uri = sip:%2$s@%6$s:%7$d
    contact_user = %2$s
    retry_interval = 5
    forbidden_retry_interval = 60
    """
        .formatted(
            trunk.id(),
            login.user(),
            login.password(),
            transport,
            carrier,
            trunk.terms().host(),
            trunk.terms().port());
  }
}
