package kz.qonyrau.telephony.asterisk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import kz.qonyrau.telephony.IncomingCall;
import kz.qonyrau.telephony.trunks.Trunk;

/// The files that Asterisk reads when it starts.
final class InstanceFiles {

  static final String MANAGER = "box";
  static final String CONTEXT = "bot";
  static final String TALK = "s";

  /// The channel that brings audio to the box; it answers by itself.
  static final String MEDIA = "WebSocket/media/c(slin)f(json)";

  private final TelephonySettings settings;
  private final Path configuration;

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

  /// @param secret the password of the manager interface
  /// @param media where Asterisk brings the audio of calls, a `ws:` address
  void write(String secret, String media, List<Trunk> trunks) throws IOException {
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
    writeTrunks(trunks);
    put("extensions.conf", EXTENSIONS);
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
  void writeTrunks(List<Trunk> trunks) throws IOException {
    Path file = configuration.resolve("pjsip.conf");
    Path fresh = configuration.resolve("pjsip.conf.new");
    Files.writeString(fresh, PjsipFile.text(settings.sipPort(), trunks));
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
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
