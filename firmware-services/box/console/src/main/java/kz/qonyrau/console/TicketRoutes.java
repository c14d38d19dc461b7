package kz.qonyrau.console;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import kz.qonyrau.calls.Calls;
import kz.qonyrau.calls.PlacedCall;
import kz.qonyrau.insight.Transcription;
import kz.qonyrau.insight.Transcriptions;
import kz.qonyrau.recordings.Playback;
import kz.qonyrau.recordings.RecordingUnavailableException;
import kz.qonyrau.recordings.Recordings;
import kz.qonyrau.vocabulary.CallId;
import kz.qonyrau.web.Answer;
import kz.qonyrau.web.Asked;
import kz.qonyrau.web.Desk;
import kz.qonyrau.web.Problem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The owner's tickets for technicians, and what a technician hears and reads by one: nothing
/// without it, and each once (SH-RET-07, EX-RET-5). He is told no number, no name and no campaign.
final class TicketRoutes {

  private static final Logger log = LoggerFactory.getLogger(TicketRoutes.class);
  private static final int LONGEST_HOURS = 24;

  private record TicketForm(String reason, Optional<Integer> hours) {}

  private record UseView(String by, Instant at) {}

  /// For the owner.
  private record TicketView(
      String id,
      String reason,
      String givenBy,
      Instant givenAt,
      Instant until,
      Optional<Instant> withdrawnAt,
      Optional<UseView> heard,
      Optional<UseView> read) {}

  /// For technicians.
  private record OpenTicketView(
      String id, String callId, Instant until, boolean heard, boolean read) {}

  private record LineView(String side, double from, double to, String text) {}

  private record TranscriptView(List<LineView> lines) {}

  private final Tickets tickets;
  private final Calls calls;
  private final Recordings recordings;
  private final Transcriptions transcriptions;

  TicketRoutes(Tickets tickets, Calls calls, Recordings recordings, Transcriptions transcriptions) {
    this.tickets = tickets;
    this.calls = calls;
    this.recordings = recordings;
    this.transcriptions = transcriptions;
  }

  Desk on(Desk desk) {
    return desk.on("tickets", this::ofCall)
        .on("giveTicket", this::give)
        .on("withdrawTicket", this::withdraw)
        .on("openTickets", _ -> Answer.ok(tickets.open().await().stream().map(this::open).toList()))
        .on("hearByTicket", this::hear)
        .on("readByTicket", this::read);
  }

  private Answer ofCall(Asked asked) {
    CallId call = call(asked).id();
    return Answer.ok(tickets.of(call).await().stream().map(TicketRoutes::view).toList());
  }

  private Answer give(Asked asked) {
    PlacedCall call = call(asked);
    if (recordings.find(call.id()).await().filter(one -> one.codec().isPresent()).isEmpty()) {
      throw Problem.notFound("recording");
    }
    TicketForm form = asked.body(TicketForm.class);
    Duration validity = Duration.ofHours(form.hours().orElse(LONGEST_HOURS));
    Ticket ticket =
        tickets.give(call.id(), form.reason().strip(), validity, asked.person().login()).await();
    log.atInfo()
        .addKeyValue("ticket", ticket.id())
        .addKeyValue("call", call.id())
        .addKeyValue("until", ticket.until())
        .addKeyValue("person", asked.person().loggable())
        .log("a technician may hear a recording");
    return Answer.created(view(ticket));
  }

  private Answer withdraw(Asked asked) {
    if (!tickets.withdraw(asked.id("callId", CallId::new), id(asked)).await()) {
      throw Problem.notFound("ticket");
    }
    return Answer.done();
  }

  private Answer hear(Asked asked) {
    Ticket ticket = good(asked, Ticket.Part.RECORDING);
    Playback playback;
    try {
      playback = recordings.wav(ticket.call()).await().orElseThrow(TicketRoutes::gone);
    } catch (RecordingUnavailableException broken) {
      log.atError().addKeyValue("call", ticket.call()).setCause(broken).log("recording unplayable");
      throw new Problem(410, "RECORDING_DAMAGED", "The recording is there but cannot be played.");
    }
    try {
      use(asked, ticket, Ticket.Part.RECORDING);
    } catch (Problem refused) {
      playback.close();
      throw refused;
    }
    return new Answer.Bytes("audio/wav", CallRoutes.content(playback));
  }

  private Answer read(Asked asked) {
    Ticket ticket = good(asked, Ticket.Part.TRANSCRIPT);
    List<LineView> lines = lines(ticket.call());
    if (lines.isEmpty()) {
      throw Problem.notFound("transcript");
    }
    use(asked, ticket, Ticket.Part.TRANSCRIPT);
    return Answer.ok(new TranscriptView(lines));
  }

  private List<LineView> lines(CallId call) {
    boolean whole =
        transcriptions
            .find(call)
            .await()
            .filter(one -> one.state() == Transcription.State.DONE)
            .isPresent();
    return whole
        ? transcriptions.lines(call).await().stream()
            .map(line -> line(line.side().name(), line.from(), line.to(), line.text()))
            .toList()
        : calls.find(call).await().map(PlacedCall::transcript).orElse(List.of()).stream()
            .map(line -> line("SUBSCRIBER", line.from(), line.to(), line.text()))
            .toList();
  }

  private static LineView line(String side, Duration from, Duration to, String text) {
    return new LineView(
        side, from.toMillis() / 1000.0, to.toMillis() / 1000.0, NumberMask.hidden(text));
  }

  /// Refuses before anything is opened what cannot be heard anyhow.
  private Ticket good(Asked asked, Ticket.Part part) {
    Optional<Ticket> ticket = tickets.find(id(asked)).await();
    require(tickets.standing(ticket, part));
    return ticket.orElseThrow();
  }

  private void use(Asked asked, Ticket ticket, Ticket.Part part) {
    require(tickets.use(ticket.id(), part, asked.person().login()).await());
    log.atInfo()
        .addKeyValue("ticket", ticket.id())
        .addKeyValue("call", ticket.call())
        .addKeyValue("part", part)
        .addKeyValue("person", asked.person().loggable())
        .log("a ticket was used");
  }

  private static void require(Tickets.Standing standing) {
    switch (standing) {
      case GOOD -> {}
      case UNKNOWN -> throw Problem.notFound("ticket");
      case WITHDRAWN ->
          throw Problem.conflict("TICKET_WITHDRAWN", "The owner has taken the ticket back.");
      case OVER ->
          throw Problem.conflict("TICKET_OVER", "The ticket's time is over. Ask for another one.");
      case USED ->
          throw Problem.conflict("TICKET_USED", "The ticket was used. Ask for another one.");
    }
  }

  private static Problem gone() {
    return new Problem(410, "RECORDING_GONE", "The recording failed, or its time is over.");
  }

  private PlacedCall call(Asked asked) {
    return calls
        .find(asked.id("callId", CallId::new))
        .await()
        .orElseThrow(() -> Problem.notFound("call"));
  }

  private static String id(Asked asked) {
    return asked.id("ticketId", UUID::fromString).toString();
  }

  private OpenTicketView open(Ticket ticket) {
    return new OpenTicketView(
        ticket.id(),
        ticket.call().value(),
        ticket.until(),
        ticket.heard().isPresent(),
        ticket.read().isPresent());
  }

  private static TicketView view(Ticket ticket) {
    return new TicketView(
        ticket.id(),
        ticket.reason(),
        ticket.givenBy(),
        ticket.givenAt(),
        ticket.until(),
        ticket.withdrawnAt(),
        ticket.heard().map(use -> new UseView(use.by(), use.at())),
        ticket.read().map(use -> new UseView(use.by(), use.at())));
  }
}
