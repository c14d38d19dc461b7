package kz.qonyrau.cases;

import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import kz.qonyrau.store.Store;
import kz.qonyrau.vocabulary.BoxId;
import kz.qonyrau.vocabulary.Msisdn;
import kz.qonyrau.vocabulary.OrganisationId;
import kz.qonyrau.wire.CaseReport;
import kz.qonyrau.wire.ComplaintSource;
import kz.qonyrau.wire.ContactChannel;
import kz.qonyrau.wire.MalformedMessageException;
import kz.qonyrau.wire.OpeningKey;
import kz.qonyrau.wire.PassedCode;
import kz.qonyrau.wire.Question;
import kz.qonyrau.wire.QuestionAnswer;
import kz.qonyrau.wire.QuestionsDocument;
import org.jdbi.v3.core.Handle;

/// Subscribers who ask the provider who called them, or complain without staff (AC-WHO-01 to 05,
/// AC-SPM-01). Nothing goes its way before it is shown that the number is the subscriber's: by a
/// call from it in which he types a code, or by a call from it to staff.
///
/// What names a number is sealed in the database for a key that is not there, and erased as soon as
/// no box has to be asked any more.
///
/// Every method may be called from any thread, save those with a handle, which run in the caller's
/// transaction.
public final class Inquiries {

  /// So often one number may ask on one day (AC-WHO-05).
  public static final int MOST_A_DAY = 3;

  /// So often a number may be named on one day by people who then do not call from it.
  public static final int MOST_UNPROVEN_A_DAY = 10;

  /// How long a code is good.
  public static final Duration CODE = Duration.ofMinutes(15);

  /// After so many wrong codes from a number, none is good any more.
  public static final int MOST_WRONG_CODES = 5;

  /// How long boxes may take to answer.
  public static final Duration PATIENCE = Duration.ofDays(7);

  /// How long an answer is kept that was fetched.
  public static final Duration FETCHED = Duration.ofHours(1);

  /// How long before and after the time that he names calls count: people do not look at the clock.
  public static final Duration ABOUT = Duration.ofHours(36);

  /// Call logs do not say for longer whom a box called.
  public static final Duration LONGEST_AGO = Duration.ofDays(365);

  private static final int TOKEN_BYTES = 32;
  private static final int LONGEST_ANSWER = 32_000;
  private static final int SWEPT_AT_ONCE = 500;
  private static final String PAGE = "subscriber";
  private static final String PROOF = "He called from this number and typed a code.";

  private final Store store;
  private final Cases cases;
  private final BoxFinder boxes;
  private final OpeningKey key;
  private final InstantSource clock;
  private final NumberHashes hashes;
  private final SecureRandom random = new SecureRandom();
  private final List<Consumer<Set<BoxId>>> listeners = new CopyOnWriteArrayList<>();

  /// The requests of central.
  ///
  /// @param key opens what boxes report, and what is sealed here
  public Inquiries(Store store, Cases cases, BoxFinder boxes, OpeningKey key, InstantSource clock) {
    this.store = store;
    this.cases = cases;
    this.boxes = boxes;
    this.key = key;
    this.clock = clock;
    this.hashes = new NumberHashes(key);
  }

  /// Tells `listener` when something has changed, and which boxes are asked something else now, on
  /// whatever thread changed it. It must not block.
  public void onChange(Consumer<Set<BoxId>> listener) {
    listeners.add(listener);
  }

  /// Says that something has changed.
  ///
  /// @param asked the boxes that are asked something else now
  public void changed(Set<BoxId> asked) {
    listeners.forEach(listener -> listener.accept(asked));
  }

  // ---- subscribers and staff

  /// Takes a request in. It goes its way when somebody has called from the number and typed the
  /// code.
  public Future<OpeningResult> open(InquiryOrder order) {
    return store
        .write(handle -> open(handle, order))
        .onSuccess(result -> {
          if (result instanceof OpeningResult.Opened) {
            changed(Set.of());
          }
        });
  }

  private OpeningResult open(Handle handle, InquiryOrder order) {
    Instant now = clock.instant();
    Optional<OpeningResult> refusal = refusal(handle, order, now);
    if (refusal.isPresent()) {
      return refusal.get();
    }
    Optional<BoxFinder.Line> call = boxes.answered(handle, order.shown());
    if (call.isEmpty()) {
      return new OpeningResult.NoLine();
    }
    byte[] bytes = new byte[TOKEN_BYTES];
    random.nextBytes(bytes);
    String token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    String code = "%06d".formatted(random.nextInt(1_000_000));
    var unusedId = insert(handle, order, token, code, call.map(BoxFinder.Line::box), "", now);
    return new OpeningResult.Opened(token, code, call.get().number(), now.plus(CODE));
  }

  /// Takes a request in of somebody who called staff from his number.
  ///
  /// @param by the login of who enters it
  public Future<OpeningResult> enter(InquiryOrder order, String by) {
    Texts.require("by", by, 100);
    record Entering(OpeningResult result, Outcome outcome) {}
    return store
        .write(handle -> {
          Instant now = clock.instant();
          Optional<OpeningResult> refusal = refusal(handle, order, now);
          if (refusal.isPresent()) {
            return new Entering(refusal.get(), Outcome.NOTHING);
          }
          String id =
              insert(handle, order, UUID.randomUUID().toString(), "", Optional.empty(), by, now);
          InquiryTable.Stored stored = InquiryTable.find(handle, id).orElseThrow();
          return new Entering(new OpeningResult.Entered(id), proven(handle, stored, now));
        })
        .onSuccess(done -> done.outcome().tell(this, cases))
        .map(Entering::result);
  }

  private Optional<OpeningResult> refusal(Handle handle, InquiryOrder order, Instant now) {
    if (order.contactAt().isAfter(now)) {
      return Optional.of(new OpeningResult.InTheFuture());
    }
    if (order.contactAt().isBefore(now.minus(LONGEST_AGO))) {
      return Optional.of(new OpeningResult.TooLongAgo());
    }
    if (order.shown().isPresent() && asked(handle, order.shown(), order.contactAt()).isEmpty()) {
      return Optional.of(new OpeningResult.NotOurs());
    }
    InquiryTable.Often often = InquiryTable.often(handle, hashes.of(handle, order.number(), now));
    return often.proven() >= MOST_A_DAY || often.others() >= MOST_UNPROVEN_A_DAY
        ? Optional.of(new OpeningResult.TooMany())
        : Optional.empty();
  }

  private List<BoxFinder.Owned> asked(Handle handle, Optional<Msisdn> shown, Instant contactAt) {
    return shown
        .map(number -> boxes.showed(handle, number, contactAt.minus(ABOUT), contactAt.plus(ABOUT)))
        .orElseGet(() -> boxes.all(handle));
  }

  private String insert(
      Handle handle,
      InquiryOrder order,
      String token,
      String code,
      Optional<BoxId> line,
      String by,
      Instant now) {
    String id = UUID.randomUUID().toString();
    InquirySecret secret =
        new InquirySecret(order.number(), order.shown(), order.contactAt(), code, order.text());
    InquiryTable.insert(
        handle,
        new InquiryTable.Fresh(
            id,
            hash(token),
            order.reason(),
            order.purpose(),
            by,
            now,
            line,
            hashes.of(handle, order.number(), now),
            secret.seal(id, key)));
    return id;
  }

  private static String hash(String token) {
    return HexFormat.of().formatHex(NumberHashes.sha256(token));
  }

  /// How a request stands, for whoever has its token. From the first time on that everything is
  /// answered, the answer is kept for [#FETCHED].
  ///
  /// @param token anything
  public Future<Optional<Inquiry.Answered>> look(String token) {
    return store
        .read(handle -> InquiryTable.byToken(handle, hash(token)).map(one -> answered(handle, one)))
        .compose(found ->
            found.filter(one -> one.inquiry().state() == InquiryState.ANSWERED).isPresent()
                ? store.write(handle -> {
                  InquiryTable.setFetched(handle, found.get().inquiry().id(), clock.instant());
                  return found;
                })
                : Future.succeededFuture(found));
  }

  /// Ends a request at the subscriber's wish; nothing is asked any more, and the answer is gone.
  ///
  /// @param token anything
  /// @return whether there was one
  public Future<Boolean> forget(String token) {
    record Forgotten(boolean there, Set<BoxId> asked) {}
    return store
        .write(handle -> {
          Optional<InquiryTable.Stored> found = InquiryTable.byToken(handle, hash(token));
          if (found.isEmpty()) {
            return new Forgotten(false, Set.of());
          }
          Inquiry inquiry = found.get().inquiry();
          Set<BoxId> asked = end(handle, inquiry, clock.instant());
          InquiryTable.forgetBoxes(handle, inquiry.id());
          return new Forgotten(true, asked);
        })
        .onSuccess(done -> {
          if (done.there()) {
            changed(done.asked());
          }
        })
        .map(Forgotten::there);
  }

  /// @return the boxes that have one question less
  private static Set<BoxId> end(Handle handle, Inquiry inquiry, Instant now) {
    return switch (inquiry.state()) {
      case AWAITING_PROOF -> {
        InquiryTable.turn(handle, inquiry.id(), InquiryState.EXPIRED, now);
        yield Set.of();
      }
      case ASKING -> {
        Set<BoxId> asked = Set.copyOf(InquiryTable.unanswered(handle, inquiry.id()));
        InquiryTable.turn(handle, inquiry.id(), InquiryState.CLOSED, now);
        InquiryTable.forgetStrangers(handle, inquiry.id());
        yield asked;
      }
      case ANSWERED, NOBODY, COMPLAINED, EXPIRED, CLOSED -> Set.of();
    };
  }

  /// A page of requests.
  ///
  /// @param total how many there are in all
  public record Page(long total, List<Inquiry> inquiries) {

    public Page {
      inquiries = List.copyOf(inquiries);
    }
  }

  /// Requests, the newest first.
  ///
  /// @param page counted from 0
  /// @param size 1 to 200
  public Future<Page> page(int page, int size) {
    if (page < 0 || size < 1 || size > 200) {
      throw new IllegalArgumentException("no such page: " + page + " of " + size);
    }
    return store.read(handle ->
        new Page(
            InquiryTable.count(handle), InquiryTable.newest(handle, (long) page * size, size)));
  }

  /// A request that staff entered, with its answer. What subscribers asked on the page is theirs.
  public Future<Optional<Inquiry.Answered>> find(String id) {
    return store.read(handle ->
        InquiryTable.find(handle, id)
            .filter(one -> !one.inquiry().enteredBy().isEmpty())
            .map(one -> answered(handle, one)));
  }

  private Inquiry.Answered answered(Handle handle, InquiryTable.Stored stored) {
    record Who(String name, String contact) {}
    Map<Who, Set<Instant>> times = new LinkedHashMap<>();
    Inquiry inquiry = stored.inquiry();
    for (InquiryTable.Sealed one : InquiryTable.answers(handle, inquiry.id())) {
      CaseReport report = new CaseReport(inquiry.id(), CaseReport.Kind.ANSWER, one.text());
      for (QuestionAnswer.Sender sender : report.answer(one.box(), key).senders()) {
        times
            .computeIfAbsent(new Who(sender.name(), sender.contact()), _ -> new HashSet<>())
            .addAll(sender.times());
      }
    }
    List<QuestionAnswer.Sender> senders = new ArrayList<>();
    times.forEach((who, all) ->
        senders.add(
            new QuestionAnswer.Sender(
                who.name(),
                who.contact(),
                all.stream()
                    .sorted((one, other) -> other.compareTo(one))
                    .limit(QuestionAnswer.MOST_TIMES)
                    .toList())));
    return new Inquiry.Answered(inquiry, senders);
  }

  // ---- boxes

  /// Opens what a box reported.
  ///
  /// @throws MalformedMessageException if it was not sealed for us by this box, or anything is
  ///   wrong with it
  public InquiryNews open(BoxId box, CaseReport report) {
    return switch (report.kind()) {
      case CODE -> new InquiryNews.Typed(report.code(box, key));
      case ANSWER -> {
        if (report.sealed().length() > LONGEST_ANSWER) {
          throw new MalformedMessageException(
              "case.sealed", "has more than " + LONGEST_ANSWER + " characters");
        }
        yield new InquiryNews.Said(report.caseId(), report.answer(box, key), report.sealed());
      }
      case COMPLAINT, EVIDENCE, WITHDRAWAL ->
          throw new MalformedMessageException("case.kind", "is no inquiry");
    };
  }

  /// What a report did. Whoever commits it has it told then.
  ///
  /// @param isNews whether anything changed
  /// @param asked boxes that are asked something else now
  /// @param complained the customer of whom somebody complained by it
  /// @param unasked whether it answers what that box was never asked
  public record Outcome(
      boolean isNews, Set<BoxId> asked, Optional<OrganisationId> complained, boolean unasked) {

    /// Nothing has changed.
    public static final Outcome NOTHING = new Outcome(false, Set.of(), Optional.empty(), false);

    public Outcome {
      asked = Set.copyOf(asked);
    }

    static Outcome news(Set<BoxId> asked) {
      return new Outcome(true, asked, Optional.empty(), false);
    }

    /// Has everybody told of it.
    public void tell(Inquiries inquiries, Cases cases) {
      if (isNews) {
        inquiries.changed(asked);
      }
      complained.ifPresent(cases::changed);
    }
  }

  /// Takes what a box reported. A code that is nobody's changes nothing and says nothing, and so
  /// does one from another box than he was to call: a customer's box could send any.
  public Outcome take(Handle handle, BoxId box, InquiryNews news) {
    Instant now = clock.instant();
    return switch (news) {
      case InquiryNews.Typed(PassedCode code) -> typed(handle, box, code, now);
      case InquiryNews.Said said -> said(handle, box, said, now);
    };
  }

  private Outcome typed(Handle handle, BoxId box, PassedCode typed, Instant now) {
    List<String> macs = hashes.lately(handle, typed.caller(), now);
    List<InquiryTable.Stored> waiting = InquiryTable.waiting(handle, macs, box, now.minus(CODE));
    Optional<InquiryTable.Stored> match =
        waiting.stream().filter(one -> matches(one, typed)).findFirst();
    if (match.isPresent()) {
      return proven(handle, match.get(), now);
    }
    for (InquiryTable.Stored one : waiting) {
      if (InquiryTable.wrongCode(handle, one.inquiry().id()) >= MOST_WRONG_CODES) {
        InquiryTable.turn(handle, one.inquiry().id(), InquiryState.EXPIRED, now);
      }
    }
    return waiting.isEmpty() ? Outcome.NOTHING : Outcome.news(Set.of());
  }

  private boolean matches(InquiryTable.Stored stored, PassedCode typed) {
    InquirySecret secret = secret(stored);
    return secret.number().equals(typed.caller())
        && MessageDigest.isEqual(
            secret.code().getBytes(StandardCharsets.US_ASCII),
            typed.code().getBytes(StandardCharsets.US_ASCII));
  }

  private InquirySecret secret(InquiryTable.Stored stored) {
    return InquirySecret.open(stored.secret().orElseThrow(), stored.inquiry().id(), key);
  }

  /// The number is his: he is answered, or his complaint is entered.
  private Outcome proven(Handle handle, InquiryTable.Stored stored, Instant now) {
    Inquiry inquiry = stored.inquiry();
    InquirySecret secret = secret(stored);
    if (InquiryTable.often(handle, hashes.of(handle, secret.number(), now)).proven()
        >= MOST_A_DAY) {
      InquiryTable.turn(handle, inquiry.id(), InquiryState.EXPIRED, now);
      return Outcome.news(Set.of());
    }
    List<BoxFinder.Owned> owned = asked(handle, secret.shown(), secret.contactAt());
    return switch (inquiry.purpose()) {
      case WHO_CALLED -> ask(handle, inquiry.id(), owned, now);
      case COMPLAINT -> complain(handle, inquiry, secret, owned, now);
    };
  }

  private static Outcome ask(Handle handle, String id, List<BoxFinder.Owned> owned, Instant now) {
    Set<BoxId> asked = new HashSet<>();
    owned.forEach(one -> asked.add(one.box()));
    if (asked.isEmpty()) {
      InquiryTable.turn(handle, id, InquiryState.NOBODY, now);
      return Outcome.news(Set.of());
    }
    InquiryTable.turn(handle, id, InquiryState.ASKING, now);
    InquiryTable.ask(handle, id, asked);
    return Outcome.news(asked);
  }

  private Outcome complain(
      Handle handle,
      Inquiry inquiry,
      InquirySecret secret,
      List<BoxFinder.Owned> owned,
      Instant now) {
    boolean byStaff = !inquiry.enteredBy().isEmpty();
    EntryResult result =
        cases.enter(
            handle,
            new ComplaintOrder(
                against(handle, secret, owned),
                new Complaint.Facts(
                    secret.number(),
                    ContactChannel.CALL,
                    ComplaintSource.SUBSCRIBER,
                    secret.contactAt(),
                    Optional.empty(),
                    Optional.of(byStaff ? "He called staff from this number." : PROOF),
                    secret.text()),
                byStaff ? inquiry.enteredBy() : PAGE));
    if (result instanceof EntryResult.Entered(Complaint complaint)) {
      InquiryTable.turn(handle, inquiry.id(), InquiryState.COMPLAINED, now);
      return new Outcome(true, Set.of(), Optional.of(complaint.organisation()), false);
    }
    InquiryTable.turn(handle, inquiry.id(), InquiryState.NOBODY, now);
    return Outcome.news(Set.of());
  }

  /// Who had the number at the very time; else who alone had it about then.
  private ComplaintOrder.Against against(
      Handle handle, InquirySecret secret, List<BoxFinder.Owned> owned) {
    Instant at = secret.contactAt();
    Msisdn shown = secret.shown().orElseThrow();
    boolean then = !boxes.showed(handle, shown, at, at.plusMillis(1)).isEmpty();
    List<OrganisationId> about =
        owned.stream().map(BoxFinder.Owned::organisation).distinct().toList();
    return !then && about.size() == 1
        ? new ComplaintOrder.Against.Customer(about.getFirst())
        : new ComplaintOrder.Against.WhoShowed(shown);
  }

  private Outcome said(Handle handle, BoxId box, InquiryNews.Said said, Instant now) {
    String id = said.inquiryId();
    Optional<Inquiry> asked = InquiryTable.find(handle, id).map(InquiryTable.Stored::inquiry);
    if (asked.filter(one -> one.state() != InquiryState.ASKING).isPresent()) {
      return Outcome.NOTHING;
    }
    Optional<Boolean> answered = InquiryTable.hasAnswered(handle, id, box);
    if (answered.isEmpty()) {
      return new Outcome(false, Set.of(), Optional.empty(), true);
    }
    if (answered.get()) {
      return Outcome.NOTHING;
    }
    boolean found = !said.answer().senders().isEmpty();
    InquiryTable.answer(
        handle, id, box, now, found ? Optional.of(said.sealed()) : Optional.empty());
    InquiryTable.countAnswer(handle, id, found);
    if (asked.filter(one -> one.answered() + 1 == one.asked()).isPresent()) {
      InquiryTable.turn(handle, id, InquiryState.ANSWERED, now);
      InquiryTable.forgetStrangers(handle, id);
    }
    return Outcome.news(Set.of(box));
  }

  /// What a box is to be asked now, as much as goes into one [QuestionsDocument].
  public List<Question> questions(Handle handle, BoxId box) {
    return InquiryTable.openFor(handle, box, QuestionsDocument.MOST).stream()
        .map(this::question)
        .toList();
  }

  private Question question(InquiryTable.Stored stored) {
    InquirySecret secret = secret(stored);
    return new Question(
        stored.inquiry().id(),
        secret.number(),
        secret.contactAt().minus(ABOUT),
        secret.contactAt().plus(ABOUT));
  }

  /// Ends what is over, and erases what nobody needs any more. Call it every half minute or so.
  public Future<Void> sweep() {
    Instant now = clock.instant();
    return store
        .write(handle -> {
          Set<BoxId> asked = new HashSet<>();
          boolean ended = false;
          List<String> over =
              new ArrayList<>(
                  InquiryTable.before(
                      handle, InquiryState.AWAITING_PROOF, now.minus(CODE), SWEPT_AT_ONCE));
          over.addAll(
              InquiryTable.before(handle, InquiryState.ASKING, now.minus(PATIENCE), SWEPT_AT_ONCE));
          for (String id : over) {
            asked.addAll(end(handle, InquiryTable.find(handle, id).orElseThrow().inquiry(), now));
            ended = true;
          }
          InquiryTable.withOldAnswers(
                  handle, now.minus(FETCHED), now.minus(PATIENCE), SWEPT_AT_ONCE)
              .forEach(id -> InquiryTable.forgetBoxes(handle, id));
          NumberHashes.forget(handle, now);
          return ended ? Optional.of(asked) : Optional.<Set<BoxId>>empty();
        })
        .onSuccess(ended -> ended.ifPresent(this::changed))
        .mapEmpty();
  }
}
