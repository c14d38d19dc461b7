package kz.qonyrau.carrier;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/// The files that Asterisk reads when it starts.
final class InstanceFiles {

  private static final String LINE =
      """
      type = endpoint
      context = from-box
      disallow = all
      allow = alaw,ulaw
      direct_media = no
      rtp_symmetric = yes
      dtmf_mode = rfc4733
      rtp_timeout = 10
      rtp_timeout_hold = 10
      timers = yes
      timers_sess_expires = 90
      """;

  private final CarrierSettings settings;
  private final Path configuration;

  InstanceFiles(CarrierSettings settings) {
    this.settings = settings;
    this.configuration = settings.directory().resolve("etc");
  }

  /// The file that names the instance on Asterisk's command line.
  Path main() {
    return main(settings.directory());
  }

  static Path main(Path directory) {
    return directory.resolve("etc/asterisk.conf");
  }

  /// The file in which Asterisk notes its process id.
  Path pid() {
    return settings.directory().resolve("run/asterisk.pid");
  }

  /// Where it stands what subscribers heard who called a box.
  static Path heard(Path directory) {
    return directory.resolve("heard");
  }

  void write() throws IOException, InterruptedException {
    Path directory = settings.directory();
    Files.createDirectories(directory);
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx--x--x"));
    for (String name :
        List.of("etc", "var", "run", "log", "spool", "agi", "keys/keys", "sounds", "heard")) {
      Files.createDirectories(directory.resolve(name));
    }
    Path bundle = settings.bundle();
    put(
        "asterisk.conf",
        """
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
        ; Real carriers send sound without a pause.
        transmit_silence = yes
        systemname = carrier
        entityid = 02:00:00:00:00:ca
        nocolor = yes
        """
            .formatted(directory, bundle));
    Files.writeString(
        configuration.resolve("modules.conf"), Files.readString(bundle.resolve("modules.conf")));
    put("logger.conf", "[general]\n[logfiles]\nconsole => notice,warning,error\n");
    put("manager.conf", "[general]\nenabled = no\n");
    put("http.conf", "[general]\nenabled = no\n");
    put("cdr.conf", "[general]\nenable = no\n");
    put("stasis.conf", "[threadpool]\n");
    for (String name :
        List.of("ccss", "cel", "features", "pjproject", "udptl", "acl", "chan_websocket")) {
      put(name + ".conf", "[general]\n".repeat(name.equals("acl") ? 0 : 1));
    }
    put("websocket_client.conf", "");
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
    if (settings.tlsPort().isPresent()) {
      CarrierKeys.make(directory.resolve("keys"));
    }
    put("pjsip.conf", pjsip() + settings.tlsPort().map(this::secure).orElse(""));
    Path sounds = directory.resolve("sounds");
    for (SpokenAnswer answer : SpokenAnswer.ALL) {
      MadeVoice.say(answer.language(), answer.text(), sounds.resolve(answer.sound() + ".wav"));
    }
    for (Announcement one : Announcement.ALL) {
      MadeVoice.say(one.language(), one.text(), sounds.resolve(one.sound() + ".wav"));
    }
    put("extensions.conf", Dialplan.extensions(settings.ringing(), sounds, heard(directory)));
  }

  // A caller that is killed says goodbye to nobody: its calls end when its sound has been missing
  // for ten seconds.
  private String pjsip() {
    return """
    [global]
    type = global
    endpoint_identifier_order = username,ip

    [system]
    type = system
    threadpool_initial_size = 8
    threadpool_auto_increment = 5
    threadpool_max_size = 50
    disable_tcp_switch = yes

    [udp]
    type = transport
    protocol = udp
    bind = 127.0.0.1:%d

    ; A box that is known by its address.
    [neighbour]
    %s
    [neighbour]
    type = identify
    endpoint = neighbour
    match = 127.0.0.1

    ; A box that registers.
    [box]
    %sauth = box
    aors = box

    [box]
    type = auth
    auth_type = userpass
    username = box
    password = rehearsal

    [box]
    type = aor
    max_contacts = 4
    remove_existing = yes
    """
        .formatted(settings.sipPort(), LINE, LINE);
  }

  /// SIP over TLS for every box, and one box's line that takes encrypted speech only.
  private String secure(int port) {
    Path keys = settings.directory().resolve("keys");
    return """

    [tls]
    type = transport
    protocol = tls
    bind = 127.0.0.1:%d
    method = tlsv1_2
    cert_file = %s
    priv_key_file = %s

    ; A box that registers and speaks SRTP. It is called by the connection that it has opened.
    [secure]
    %srewrite_contact = yes
    media_encryption = sdes
    auth = secure
    aors = secure

    [secure]
    type = auth
    auth_type = userpass
    username = secure
    password = rehearsal

    [secure]
    type = aor
    max_contacts = 4
    remove_existing = yes
    """
        .formatted(port, CarrierKeys.certificate(keys), CarrierKeys.key(keys), LINE);
  }

  private void put(String name, String content) throws IOException {
    Files.writeString(configuration.resolve(name), content);
  }
}
