package kz.qonyrau.telephony.asterisk;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import kz.qonyrau.telephony.TrunkId;
import kz.qonyrau.telephony.trunks.Trunk;
import kz.qonyrau.telephony.trunks.TrunkTerms;
import kz.qonyrau.telephony.trunks.TrunkTerms.Codec;
import kz.qonyrau.telephony.trunks.TrunkTerms.Login;
import kz.qonyrau.telephony.trunks.TrunkTerms.Media;
import kz.qonyrau.telephony.trunks.TrunkTerms.Transport;

/// What Asterisk is told of SIP. Each trunk's objects bear its id; a trunk that is shut is not
/// there at all, so nobody registers and nothing is asked.
final class PjsipFile {

  /// How SIP goes over TLS to some trunks: those that have the same authorities.
  ///
  /// @param name what Asterisk calls it
  /// @param port the TCP port that it takes
  /// @param authorities the file of those who vouch for the carriers
  record TlsWay(String name, int port, Path authorities) {}

  private PjsipFile() {}

  /// The whole of pjsip.conf.
  ///
  /// A carrier that does not answer at all is given up after 8 s and not after SIP's usual 32, so
  /// that another can be asked in time.
  static String text(int sipPort, List<Trunk> trunks, Map<TrunkId, TlsWay> ways) {
    List<Trunk> open = trunks.stream().filter(Trunk::isOpen).toList();
    // The box's own end is on loopback only if the carriers are.
    boolean alone =
        !open.isEmpty() && open.stream().allMatch(one -> one.terms().host().startsWith("127."));
    String address = alone ? "127.0.0.1" : "0.0.0.0";
    String bind = address + ":" + sipPort;
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
    ways.values().stream()
        .distinct()
        .sorted(Comparator.comparingInt(TlsWay::port))
        .forEach(way -> text.append(tls(way, address)));
    Set<String> hosts = new HashSet<>();
    for (Trunk trunk : open) {
      text.append(line(trunk, Optional.ofNullable(ways.get(trunk.id()))));
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

  // It has no certificate of its own, so nobody gets in by it: carriers call by the connection that
  // the box has opened. A carrier whose certificate names all hosts of a domain is as good as one
  // that is named itself.
  private static String tls(TlsWay way, String address) {
    return """

    [%s]
    type = transport
    protocol = tls
    bind = %s:%d
    method = tlsv1_2
    ca_list_file = %s
    verify_server = yes
    allow_wildcard_certs = yes
    allow_reload = yes
    """
        .formatted(way.name(), address, way.port(), way.authorities());
  }

  private static String line(Trunk trunk, Optional<TlsWay> way) {
    TrunkTerms terms = trunk.terms();
    String protocol = terms.transport().name().toLowerCase(Locale.ROOT);
    String transport = way.map(TlsWay::name).orElse(protocol);
    String carrier = "sip:" + terms.host() + ":" + terms.port();
    if (terms.transport() != Transport.UDP) {
      carrier += "\\;transport=" + protocol;
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
    if (terms.media() == Media.SRTP) {
      text += "media_encryption = sdes\n";
    }
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
