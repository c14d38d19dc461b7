package kz.qonyrau.telephony.asterisk;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import kz.qonyrau.telephony.IncomingCall;
import kz.qonyrau.telephony.TrunkId;
import kz.qonyrau.telephony.asterisk.PjsipFile.TlsWay;
import kz.qonyrau.telephony.trunks.CarrierAuthority;
import kz.qonyrau.telephony.trunks.MachineAuthorities;
import kz.qonyrau.telephony.trunks.Trunk;
import kz.qonyrau.telephony.trunks.TrunkTerms.Transport;

/// The files that Asterisk reads when it starts. Not for several threads at once.
final class InstanceFiles {

  static final String MANAGER = "box";
  static final String CONTEXT = "bot";
  static final String TALK = "s";

  /// The channel that brings audio to the box; it answers by itself.
  static final String MEDIA = "WebSocket/media/c(slin)f(json)";

  private static final String AUTHORITIES = "authorities-";

  private final TelephonySettings settings;
  private final Path configuration;
  private final Map<TrunkId, Integer> ownTlsPorts = new HashMap<>();

  InstanceFiles(TelephonySettings settings) {
    this.settings = settings;
    this.configuration = settings.directory().resolve("etc");
  }

  /// The file that names the instance on Asterisk's command line.
  Path main() {
    return configuration.resolve("asterisk.conf");
  }

  /// The file in which Asterisk notes its process id.
  Path pid() {
    return settings.directory().resolve("run/asterisk.pid");
  }

  /// Writes all of them.
  ///
  /// @param secret the password of the manager interface
  /// @param media where Asterisk brings the audio of calls, a `ws:` address
  /// @return the ports that Asterisk will take for SIP
  List<SipPort> write(String secret, String media, List<Trunk> trunks) throws IOException {
    Path directory = settings.directory();
    Files.createDirectories(directory);
    for (String name : List.of("etc", "var", "run", "log", "spool", "agi", "keys/keys")) {
      Files.createDirectories(directory.resolve(name));
    }
    // The files hold passwords.
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
    put("asterisk.conf", asterisk());
    put("modules.conf", Files.readString(settings.bundle().resolve("modules.conf")));
    put("logger.conf", "[general]\n[logfiles]\nconsole => notice,warning,error\n");
    put("http.conf", "[general]\nenabled = no\n");
    put("cdr.conf", "[general]\nenable = no\n");
    put("stasis.conf", "[threadpool]\n");
    for (String name : List.of("ccss", "cel", "features", "pjproject", "udptl", "chan_websocket")) {
      put(name + ".conf", "[general]\n");
    }
    put("acl.conf", "");
    put(
        "indications.conf",
        """
        [general]
        country = ru
        [ru]
        description = Russia
        ringcadence = 1000,4000
        dial = 425
        busy = 425/350,0/350
        ring = 425/1000,0/4000
        congestion = 425/175,0/175
        """);
    put("manager.conf", manager(secret));
    put(
        "websocket_client.conf",
        """
        [media]
        type = websocket_client
        connection_type = per_call_config
        uri = %s
        protocols = media
        connection_timeout = 2000
        reconnect_interval = 200
        reconnect_attempts = 2
        tls_enabled = no
        """
            .formatted(media));
    put(
        "rtp.conf",
        """
        [general]
        rtpstart = %d
        rtpend = %d
        strictrtp = no
        icesupport = no
        """
            .formatted(settings.rtpFrom(), settings.rtpTo()));
    removeOldAuthorities();
    List<SipPort> ports = writeTrunks(trunks);
    put("extensions.conf", EXTENSIONS);
    return ports;
  }

  private String asterisk() {
    return """
    [directories]
    astcachedir => %1$s/var
    astetcdir => %1$s/etc
    astmoddir => %2$s/modules
    astvarlibdir => %1$s/var
    astdbdir => %1$s/var
    astkeydir => %1$s/keys
    astdatadir => %2$s/share
    astagidir => %1$s/agi
    astspooldir => %1$s/spool
    astrundir => %1$s/run
    astlogdir => %1$s/log
    astsbindir => %2$s/bin

    [options]
    defaultlanguage = ru
    documentation_language = en_US
    ; What rings has no way for sound yet, and Asterisk would warn of each call that comes in.
    transmit_silence = no
    systemname = box
    entityid = 02:00:00:00:00:b0
    nocolor = yes
    """
        .formatted(settings.directory(), settings.bundle());
  }

  // Only what the box listens to leaves Asterisk; each other event would be parsed for nothing.
  private String manager(String secret) {
    return """
    [general]
    enabled = yes
    bindaddr = 127.0.0.1
    port = %d
    timestampevents = yes

    [%s]
    secret = %s
    read = all
    write = all
    writetimeout = 5000
    deny = 0.0.0.0/0.0.0.0
    permit = 127.0.0.1/255.255.255.255
    eventfilter(action(include),name(FullyBooted)) =
    eventfilter(action(include),name(Newstate)) =
    eventfilter(action(include),name(DialState)) =
    eventfilter(action(include),name(DialEnd)) =
    eventfilter(action(include),name(Hangup)) =
    eventfilter(action(include),name(OriginateResponse)) =
    eventfilter(action(include),name(ContactStatus)) =
    eventfilter(action(include),name(UserEvent)) =
    """
        .formatted(settings.amiPort(), MANAGER, secret);
  }

  /// Writes the trunks anew, whole or not at all: Asterisk may read at any moment.
  ///
  /// @return the ports that Asterisk will take for SIP
  List<SipPort> writeTrunks(List<Trunk> trunks) throws IOException {
    Map<TrunkId, TlsWay> ways = tlsWays(trunks);
    Path file = configuration.resolve("pjsip.conf");
    Path fresh = configuration.resolve("pjsip.conf.new");
    Files.writeString(fresh, PjsipFile.text(settings.sipPort(), trunks, ways));
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    List<SipPort> ports = new ArrayList<>();
    ports.add(new SipPort(SipPort.MAIN, "UDP", settings.sipPort()));
    if (trunks.stream().anyMatch(one -> one.isOpen() && one.terms().transport() == Transport.TCP)) {
      ports.add(new SipPort("tcp", "TCP", settings.sipPort()));
    }
    ways.values().stream()
        .distinct()
        .forEach(way -> ports.add(new SipPort(way.name(), "TCP", way.port())));
    return ports;
  }

  /// Trunks whose carriers are vouched for by whom this machine trusts go one way together, each
  /// other one goes its own: PJSIP knows authorities by the way, and the authority of one carrier
  /// must not vouch for another.
  private Map<TrunkId, TlsWay> tlsWays(List<Trunk> trunks) throws IOException {
    List<Trunk> secure =
        trunks.stream()
            .filter(one -> one.isOpen() && one.terms().transport() == Transport.TLS)
            .toList();
    // A port that a call goes by must not become another's: who has one keeps it.
    ownTlsPorts
        .keySet()
        .retainAll(
            secure.stream()
                .filter(one -> one.terms().authority().isPresent())
                .map(Trunk::id)
                .toList());
    Map<TrunkId, TlsWay> ways = new HashMap<>();
    for (Trunk trunk : secure) {
      Optional<CarrierAuthority> own = trunk.terms().authority();
      ways.put(
          trunk.id(),
          own.isPresent()
              ? new TlsWay(
                  "tls-" + trunk.id(), ownTlsPort(trunk.id()), authorities(own.get().pem()))
              : new TlsWay("tls", settings.sipPort() + 1, machinesAuthorities()));
    }
    return ways;
  }

  private int ownTlsPort(TrunkId trunk) {
    Integer kept = ownTlsPorts.get(trunk);
    if (kept != null) {
      return kept;
    }
    int port = settings.sipPort() + 2;
    while (ownTlsPorts.containsValue(port)) {
      port++;
    }
    ownTlsPorts.put(trunk, port);
    return port;
  }

  private Path machinesAuthorities() throws IOException {
    Optional<Path> file = MachineAuthorities.file();
    if (file.isPresent()) {
      return file.get();
    }
    try {
      return authorities(CarrierAuthority.text(MachineAuthorities.ofJava()));
    } catch (GeneralSecurityException failure) {
      throw new IOException("whom this machine trusts cannot be read", failure);
    }
  }

  // Its name changes with what is in it, so that Asterisk sees the change when it reads anew.
  private Path authorities(String pem) throws IOException {
    Path file =
        configuration.resolve(
            AUTHORITIES + UUID.nameUUIDFromBytes(pem.getBytes(StandardCharsets.US_ASCII)) + ".pem");
    if (!Files.exists(file)) {
      Path fresh = configuration.resolve("authorities.new");
      Files.writeString(fresh, pem);
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
    return file;
  }

  private void removeOldAuthorities() throws IOException {
    try (DirectoryStream<Path> old = Files.newDirectoryStream(configuration, AUTHORITIES + "*")) {
      for (Path file : old) {
        Files.delete(file);
      }
    }
  }

  // Who calls us may claim to be anybody and say anything, so digits and plus signs are all that
  // goes on. The caller hears it ring until the box picks up; Dial answers when there is audio.
  // StopMixMonitor closes the file before the channel is gone, so a recording is whole when its
  // call has ended.
  private static final String EXTENSIONS =
      """
      [from-trunk]
      exten => _[+0-9a-zA-Z]!,1,Set(CALLER=${FILTER(0-9+,${CALLERID(num)})})
       same => n,ExecIf($["${CALLERID(num-pres):0:6}" = "prohib"]?Set(CALLER=))
       same => n,Set(CALLED=${FILTER(0-9+,${EXTEN})})
       same => n,UserEvent(Incoming,Trunk: ${TRUNK},Caller: ${CALLER},Called: ${CALLED})
       same => n,Ringing()
       same => n,Wait(%2$d)
       same => n,Hangup(21)

      [bot]
      exten => s,1,ExecIf($["${REC}" != ""]?MixMonitor(${REC},D))
       same => n,Dial(%1$s,5,g)
       same => n,ExecIf($["${DIALSTATUS}" != "ANSWER"]?UserEvent(MediaLost,CallId: ${CALLID}))
       same => n,Hangup(16)
      exten => h,1,ExecIf($["${REC}" != ""]?StopMixMonitor())
      """
          .formatted(MEDIA, IncomingCall.LONGEST_RINGING_SECONDS);

  /// What an earlier instance in the same directory noted, if that is a process id.
  Optional<Long> notedPid() throws IOException {
    if (!Files.exists(pid())) {
      return Optional.empty();
    }
    String noted = Files.readString(pid()).strip();
    return noted.matches("[0-9]{1,9}") ? Optional.of(Long.valueOf(noted)) : Optional.empty();
  }

  private void put(String name, String content) throws IOException {
    Files.writeString(configuration.resolve(name), content);
  }
}
