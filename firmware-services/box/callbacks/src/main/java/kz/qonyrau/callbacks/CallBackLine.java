package kz.qonyrau.callbacks;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import kz.qonyrau.callbacks.CallBack.Contact;
import kz.qonyrau.callbacks.CallBack.Told;
import kz.qonyrau.callbacks.CallBack.Wish;
import kz.qonyrau.callbacks.Words.Phrase;
import kz.qonyrau.callbacks.Words.Spoken;
import kz.qonyrau.campaigns.KazakhNumbers;
import kz.qonyrau.campaigns.NumberReading;
import kz.qonyrau.speech.Voices;
import kz.qonyrau.telephony.CallEndedException;
import kz.qonyrau.telephony.CallTaker;
import kz.qonyrau.telephony.IncomingCall;
import kz.qonyrau.telephony.LiveCall;
import kz.qonyrau.vocabulary.Msisdn;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Picks up when somebody calls one of the box's numbers, tells him who called him last, and lets
/// him ask by a key to be left alone (AC-WHO-04, AC-CON-04, AC-SPM-01).
///
/// It costs the customer nothing and goes on without money and license: whoever was called is to
/// learn by whom. Each call has a virtual thread of its own and reads from top to bottom.
public final class CallBackLine implements CallTaker {

  /// So many are answered at a time, and others hear the busy tone: the channels are the
  /// campaigns'.
  public static final int MOST_AT_ONCE = 4;

  private static final Logger log = LoggerFactory.getLogger(CallBackLine.class);

  private static final Duration LONGEST_LOOK_UP = Duration.ofSeconds(5);
  private static final Duration LONGEST_CONNECTING = Duration.ofSeconds(5);
  private static final Duration LONGEST_SYNTHESIS = Duration.ofSeconds(12);
  private static final Duration LONGEST_WISH = Duration.ofSeconds(10);
  private static final Duration LONGEST_HANG_UP = Duration.ofSeconds(10);
  private static final Pattern E164 = Pattern.compile("\\+[1-9][0-9]{6,14}");

  private final CallBacks book;
  private final WhoCalled whoCalled;
  private final Wishes wishes;
  private final Codes codes;
  private final Voices voices;
  private final BooleanSupplier open;
  private final InstantSource clock;
  private final KazakhNumbers numbers = new KazakhNumbers();
  private final Semaphore free = new Semaphore(MOST_AT_ONCE);

  /// The line of a box.
  ///
  /// @param open whether anybody is answered at all; asked on an event loop, so it answers at once
  public CallBackLine(
      CallBacks book,
      WhoCalled whoCalled,
      Wishes wishes,
      Codes codes,
      Voices voices,
      BooleanSupplier open,
      InstantSource clock) {
    this.book = book;
    this.whoCalled = whoCalled;
    this.wishes = wishes;
    this.codes = codes;
    this.voices = voices;
    this.open = open;
    this.clock = clock;
  }

  @Override
  public void take(IncomingCall call) {
    if (!open.getAsBoolean() || !free.tryAcquire()) {
      call.refuse();
      return;
    }
    var _ =
        Thread.ofVirtual()
            .name("call-back")
            .start(() -> {
              try {
                answer(call);
              } catch (Throwable failure) { // await() rethrows the cause as it is.
                log.atError()
                    .addKeyValue("call", call.id())
                    .setCause(failure)
                    .log("somebody who called back could not be answered");
                call.refuse();
              } finally {
                free.release();
              }
            });
  }

  private void answer(IncomingCall call) throws TimeoutException {
    Optional<Msisdn> caller = call.caller().flatMap(this::number);
    if (!within(LONGEST_LOOK_UP, book.begin(call.id(), caller, call.trunk(), call.called()))) {
      call.refuse();
      return;
    }
    Optional<WhoCalled.Caller> who = Optional.empty();
    Told told = Told.NOTHING;
    Duration heard = Duration.ZERO;
    try {
      if (caller.isPresent()) {
        who = within(LONGEST_LOOK_UP, whoCalled.last(caller.get()));
      }
      byte[] message = say(message(caller.isPresent(), who));
      LiveCall live = within(LONGEST_CONNECTING, call.answer());
      Instant answeredAt = clock.instant();
      told = told(caller.isPresent(), who.isPresent());
      try {
        Listener listener = new Listener(live);
        if (caller.isPresent()) {
          offer(call, listener, message, caller.get(), who);
        } else {
          listener.hear(message);
        }
      } finally {
        live.hangUp();
      }
      Instant endedAt = within(LONGEST_HANG_UP, live.ended()).at();
      heard = Duration.between(answeredAt, endedAt);
    } catch (CallEndedException _) {
      log.atDebug().addKeyValue("call", call.id()).log("who called back has hung up");
    } finally {
      call.refuse();
      within(
          LONGEST_LOOK_UP,
          book.end(
              call.id(),
              told,
              who.map(WhoCalled.Caller::call),
              heard.isNegative() ? Duration.ZERO : heard));
    }
  }

  /// A number as the carrier writes it. Carriers of Kazakhstan leave the plus sign out, or write
  /// the eight that people dial.
  private Optional<Msisdn> number(String written) {
    if (numbers.read(written) instanceof NumberReading.Dialable(Msisdn number)) {
      return Optional.of(number);
    }
    String abroad = written.startsWith("+") ? written : "+" + written;
    return E164.matcher(abroad).matches() ? Optional.of(new Msisdn(abroad)) : Optional.empty();
  }

  private static Told told(boolean shown, boolean called) {
    if (!shown) {
      return Told.HIDDEN;
    }
    return called ? Told.CALLED : Told.NOT_CALLED;
  }

  private static List<Spoken> message(boolean shown, Optional<WhoCalled.Caller> who) {
    return who.map(one -> List.of(Words.whoCalled(one), Words.in(one.language(), Phrase.MENU)))
        .orElseGet(() -> Words.toAnybody(shown ? Phrase.NOT_CALLED : Phrase.HIDDEN));
  }

  /// Tells him who called, as often as he likes, and does what he asks for. Who was not called may
  /// type a code all the same.
  private void offer(
      IncomingCall call,
      Listener listener,
      byte[] message,
      Msisdn caller,
      Optional<WhoCalled.Caller> who)
      throws TimeoutException {
    switch (who.isPresent() ? listener.choose(message) : listener.hearOrType(message)) {
      case Listener.Choice.Nothing _ -> {}
      case Listener.Choice.Typed(String code) -> pass(call, listener, caller, who, code);
      case Listener.Choice.Wished(Wish wish) -> grant(call, listener, caller, who.get(), wish);
    }
  }

  private void pass(
      IncomingCall call,
      Listener listener,
      Msisdn caller,
      Optional<WhoCalled.Caller> who,
      String code)
      throws TimeoutException {
    Phrase answer = Phrase.CODE_PASSED;
    try {
      within(LONGEST_WISH, codes.pass(caller, code));
      log.atInfo().addKeyValue("call", call.id()).log("who called back typed a code");
    } catch (Throwable failure) { // He is told, and the technician reads of it.
      log.atError()
          .addKeyValue("call", call.id())
          .setCause(failure)
          .log("a code of somebody who called back could not be passed on");
      answer = Phrase.FAILED;
    }
    Phrase said = answer;
    listener.hear(
        say(
            who.map(one -> List.of(Words.in(one.language(), said)))
                .orElseGet(() -> Words.toAnybody(said))));
  }

  private void grant(
      IncomingCall call, Listener listener, Msisdn caller, WhoCalled.Caller who, Wish wish)
      throws TimeoutException {
    Phrase answer;
    try {
      Contact contact = who.call();
      switch (wish) {
        case LEAVE_ALONE ->
            within(LONGEST_WISH, wishes.leaveAlone(caller, written(who, Phrase.REASON)));
        case COMPLAIN ->
            within(
                LONGEST_WISH,
                wishes.complain(caller, call.id(), contact, written(who, Phrase.COMPLAINT)));
      }
      within(LONGEST_WISH, book.wish(call.id(), contact, wish));
      log.atInfo()
          .addKeyValue("call", call.id())
          .addKeyValue("wish", wish)
          .log("who called back asked to be left alone");
      answer = wish == Wish.COMPLAIN ? Phrase.COMPLAINED : Phrase.LEFT_ALONE;
    } catch (Throwable failure) { // He is told, and the technician reads of it.
      log.atError()
          .addKeyValue("call", call.id())
          .addKeyValue("wish", wish)
          .setCause(failure)
          .log("what somebody asked for who called back could not be done");
      answer = Phrase.FAILED;
    }
    listener.hear(say(List.of(Words.in(who.language(), answer))));
  }

  private static String written(WhoCalled.Caller who, Phrase phrase) {
    return Words.in(who.language(), phrase).text();
  }

  /// One text behind the other.
  private byte[] say(List<Spoken> texts) throws TimeoutException {
    List<Future<byte[]>> sounds = new ArrayList<>();
    for (Spoken one : texts) {
      sounds.add(voices.say(one.text(), one.language(), Optional.empty()));
    }
    var _ = within(LONGEST_SYNTHESIS, Future.all(sounds));
    return sounds.stream().map(Future::result).reduce(new byte[0], CallBackLine::joined);
  }

  private static byte[] joined(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  static <T> T within(Duration limit, Future<T> future) throws TimeoutException {
    return future.await(limit.toMillis(), TimeUnit.MILLISECONDS);
  }
}
