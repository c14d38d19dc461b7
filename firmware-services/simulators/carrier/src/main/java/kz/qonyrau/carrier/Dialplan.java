package kz.qonyrau.carrier;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/// What happens at each number: the last two digits decide. The table for people is in the module's
/// README.
final class Dialplan {

  private final StringBuilder text = new StringBuilder(8_000);
  private final String ringing;

  private Dialplan(Duration ringing) {
    this.ringing = String.format(Locale.ROOT, "%.3f", ringing.toMillis() / 1000.0);
  }

  /// The whole of extensions.conf.
  ///
  /// @param made where the sounds of [SpokenAnswer] and [Announcement] are
  /// @param heard where it is kept what subscribers hear who call a box
  static String extensions(Duration ringing, Path made, Path heard) {
    Dialplan plan = new Dialplan(ringing);
    plan.door();
    plan.speakers(made);
    plan.announcements(made);
    plan.others();
    plan.hearOut();
    plan.callers(heard);
    return plan.text.toString();
  }

  private void door() {
    text.append("[from-box]\n");
    for (String pattern : new String[] {"_X!", "_+X!"}) {
      extension(
          pattern,
          "Set(NUMBER=${FILTER(0-9,${EXTEN})})",
          "Log(NOTICE,carrier-call rings ${NUMBER} ${UNIQUEID})",
          "GotoIf($[${LEN(${NUMBER})} < 2]?line,60,1)",
          "Goto(line,${NUMBER:-2},1)");
    }
    text.append("\n[line]\n");
    extension("h", "Log(NOTICE,carrier-call ends ${NUMBER} ${UNIQUEID})");
  }

  /// They hear the caller out, say their phrase, and hang up when nobody says anything more.
  private void speakers(Path made) {
    for (Phrase phrase : Phrase.ALL) {
      speaker(phrase.lastDigits(), "ru", phrase.sound());
    }
    for (SpokenAnswer answer : SpokenAnswer.ALL) {
      speaker(answer.lastDigits(), answer.language(), made.resolve(answer.sound()).toString());
    }
  }

  private void speaker(String lastDigits, String language, String sound) {
    answering(
        lastDigits,
        "Gosub(hear-out,s,1)",
        "Log(NOTICE,carrier-call says ${NUMBER} ${UNIQUEID} " + language + ")",
        "Playback(" + sound + ")",
        "Wait(1)",
        "Gosub(hear-out,s,1)",
        "Hangup(16)");
  }

  private void announcements(Path made) {
    for (Announcement one : Announcement.ALL) {
      String play = "Playback(" + made.resolve(one.sound()) + ",noanswer)";
      extension(
          one.lastDigits(),
          "Progress()",
          "Wait(0.3)",
          play,
          "Wait(1)",
          play,
          "PJSIPHangup(" + one.status() + ")");
    }
  }

  private void others() {
    answering("_3[0-4]", "Wait(30)", "Hangup(16)");
    listening();
    refusing("_4[0-4]", "Hangup(17)");
    ringing("_4[5-8]", "Wait(150)", "Hangup(19)");
    extension("49", "Progress()", "PlayTones(ring)", "Wait(150)", "Hangup(19)");
    refusing("_5[0-4]", "PJSIPHangup(603)");
    extension("_5[5-9]", "PJSIPHangup(503)");
    extension("_6[0-3]", "Hangup(1)");
    extension("_6[5-7]", "PJSIPHangup(480)");
    answering(
        "_7[0-4]",
        "Wait(0.5)",
        "Playback(vm-nobodyavail)",
        "Playback(vm-intro)",
        "Playback(beep)",
        "Wait(20)",
        "Hangup(16)");
    answering("_7[5-9]", "Wait(1)", "SendDTMF(12#,200,120)", "Wait(5)", "Hangup(16)");
    for (int seconds = 1; seconds <= 5; seconds++) {
      answering("8" + (seconds - 1), "Wait(" + seconds + ")", "Hangup(16)");
    }
    answering("_8[5-9]", "Echo()", "Hangup(16)");
    answering(
        "_9[0-3]",
        "Set(TIMEOUT(absolute)=60)",
        "Playback(queue-periodic-announce)",
        "Playback(vm-options)",
        "Playback(demo-congrats)",
        "Playback(vm-opts-full)",
        "Hangup(16)");
    extension(
        "94",
        "Progress()",
        "PlayTones(ring)",
        "Wait(1.5)",
        "StopPlayTones()",
        "Playback(queue-thankyou,noanswer)",
        "Answer()",
        "Wait(30)",
        "Hangup(16)");
    extension("95", "Progress()", "Playback(number-not-answering,noanswer)", "PJSIPHangup(480)");
    extension("96", "PJSIPHangup(403)");
    extension("97", "PJSIPHangup(500)");
    ringing("98", "Wait(5)", "Answer()", "Wait(10)", "Hangup(16)");
    answering("99", "Hangup(16)");
  }

  /// Notes how long after the answer the first sound is there, to the length of a packet.
  private void listening() {
    answering(
        "35",
        "Set(ANSWERED=${STRFTIME(,UTC,%s%3q)})",
        "WaitForNoise(20,1,25)",
        "Set(HEARD=${STRFTIME(,UTC,%s%3q)})",
        "ExecIf($[\"${WAITSTATUS}\" = \"NOISE\"]"
            + "?Log(NOTICE,carrier-call hears ${NUMBER} ${UNIQUEID} $[${HEARD} - ${ANSWERED}]))",
        "Wait(30)",
        "Hangup(16)");
  }

  /// Waits until the caller has sent no sound for 0.7 s, 21 s at most. A box sends sound only while
  /// it speaks, so its packets are counted.
  private void hearOut() {
    text.append("\n[hear-out]\n");
    extension(
        "s",
        "Wait(0.5)",
        "Set(LEFT=30)",
        "Set(BEFORE=${CHANNEL(rtcp,rxcount)})",
        "Wait(0.7)",
        "Set(LEFT=$[${LEFT} - 1])",
        "GotoIf($[${CHANNEL(rtcp,rxcount)} - ${BEFORE} > 10 & ${LEFT} > 0]?3)",
        "Return()");
  }

  /// A subscriber who calls a box. One half of the call goes to the box, under a name that
  /// [SubscriberCall] makes: his number, the box's number, each with 11 digits, and the port. The
  /// other half is he: he presses his keys after 3 s, or none, and listens until the box hangs up.
  /// His name begins with the keys, or with an n for none, and ends with his number.
  private void callers(Path heard) {
    text.append("\n[to-box]\n");
    extension(
        "_X!",
        "Set(CALLERID(num)=${EXTEN:0:11})",
        "ExecIf($[\"${EXTEN:0:11}\" = \""
            + SubscriberCall.HIDDEN
            + "\"]"
            + "?Set(CALLERID(pres)=prohib))",
        "Set(BOX=PJSIP/neighbour/sip:${EXTEN:11:11}@127.0.0.1:${EXTEN:22})",
        "ExecIf($[\"${EXTEN:22}\" = \""
            + SubscriberCall.BY_CONNECTION
            + "\"]?Set(BOX=PJSIP/${EXTEN:11:11}@secure))",
        "Dial(${BOX},30)",
        "Hangup(${HANGUPCAUSE})");
    text.append("\n[subscriber]\n");
    extension(
        "_[0-9n*].",
        "MixMonitor(" + heard + "/${EXTEN:-11}.raw)",
        "Wait(3)",
        "ExecIf($[\"${EXTEN:0:1}\" != \"n\"]?SendDTMF(${EXTEN:0:-11},200,120))",
        "Wait(120)",
        "Hangup(16)");
    extension("h", "StopMixMonitor()");
  }

  private void answering(String pattern, String... then) {
    String[] steps = new String[then.length + 2];
    steps[0] = "Wait(" + ringing + ")";
    steps[1] = "Answer()";
    System.arraycopy(then, 0, steps, 2, then.length);
    ringing(pattern, steps);
  }

  private void refusing(String pattern, String then) {
    ringing(pattern, "Wait(" + ringing + ")", then);
  }

  private void ringing(String pattern, String... then) {
    String[] steps = new String[then.length + 1];
    steps[0] = "Ringing()";
    System.arraycopy(then, 0, steps, 1, then.length);
    extension(pattern, steps);
  }

  private void extension(String pattern, String... steps) {
    for (int i = 0; i < steps.length; i++) {
      text.append(i == 0 ? "exten => " + pattern + ",1," : " same => n,")
          .append(steps[i])
          .append('\n');
    }
  }
}
