package kz.qonyrau.wire;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import kz.qonyrau.vocabulary.CallId;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What became of one consent to publish one recording (SH-NOT-11, AC-REC-06).
///
/// @param id a UUID that names the consent
/// @param call whose recording it is
/// @param message in which message the customer consented
/// @param consentedAt when he did
/// @param allowed where it may be published, at least one
/// @param withdrawal when he withdrew it, if he did
/// @param publications at most [#MOST_PUBLICATIONS], in order
public record PromotedRecording(
    String id,
    CallId call,
    TelegramMessage message,
    Instant consentedAt,
    Set<PromotionOutlet> allowed,
    Optional<Withdrawal> withdrawal,
    List<Publication> publications) {

  /// So often one recording may be published by one consent.
  public static final int MOST_PUBLICATIONS = 10;

  /// An address, or the name of a place, has at most so many characters.
  public static final int LONGEST_PLACE = 200;

  /// What all but the places takes in a document at most, for the recording and for each of its
  /// publications. Names, quotes and commas included.
  private static final int BYTES_OF_ONE = 460;

  private static final int BYTES_OF_PUBLICATION = 160;

  private static final Pattern OUTLET = Pattern.compile("SITE|SOCIAL");

  /// A message in Telegram. Its number is unique within its chat alone.
  ///
  /// @param chat the number of the chat, not its name, so that no message goes by two names
  /// @param id the number of the message in it, from 1
  public record TelegramMessage(String chat, long id) {

    /// The numbers that Telegram gives: up to 52 bits, below zero for groups.
    public static final Pattern CHAT = Pattern.compile("-?[1-9][0-9]{0,15}");

    /// @throws MalformedMessageException if it is no number that Telegram gives
    public TelegramMessage {
      if (!CHAT.matcher(chat).matches()) {
        throw new MalformedMessageException("promotion.chat", "is not a number of a chat");
      }
      if (id < 1 || id > Integer.MAX_VALUE) {
        throw new MalformedMessageException("promotion.message", "is not a number of a message");
      }
    }
  }

  /// The customer does not consent any more.
  ///
  /// @param at when central heard of it, or he told its people
  /// @param due by when everything is to be removed
  public record Withdrawal(Instant at, Instant due) {

    /// @throws MalformedMessageException if it is due before it was asked for
    public Withdrawal {
      at = at.truncatedTo(ChronoUnit.MILLIS);
      due = due.truncatedTo(ChronoUnit.MILLIS);
      if (due.isBefore(at)) {
        throw new MalformedMessageException("promotion.removalDue", "is before the withdrawal");
      }
    }
  }

  /// It was published somewhere.
  ///
  /// @param place an address or the name of a place
  /// @param at when
  /// @param removedAt when it was taken down, if it was
  public record Publication(
      PromotionOutlet outlet, String place, Instant at, Optional<Instant> removedAt) {

    /// @throws MalformedMessageException if the place is not of its form, or it was taken down
    ///   before
    public Publication {
      Prose.require("promotion.place", place, LONGEST_PLACE);
      at = at.truncatedTo(ChronoUnit.MILLIS);
      removedAt = removedAt.map(time -> time.truncatedTo(ChronoUnit.MILLIS));
      Instant published = at;
      if (removedAt.filter(time -> time.isBefore(published)).isPresent()) {
        throw new MalformedMessageException("promotion.removedAt", "is before it was published");
      }
    }
  }

  /// @throws MalformedMessageException if it makes no sense: see the components
  public PromotedRecording {
    consentedAt = consentedAt.truncatedTo(ChronoUnit.MILLIS);
    allowed = Set.copyOf(allowed);
    publications = List.copyOf(publications);
    if (!Ids.UUID.matcher(id).matches()) {
      throw new MalformedMessageException("promotion.id", "is not a UUID in lower case");
    }
    if (allowed.isEmpty()) {
      throw new MalformedMessageException("promotion.allowed", "names no place");
    }
    if (publications.size() > MOST_PUBLICATIONS) {
      throw new MalformedMessageException(
          "promotion.publications", "has more than " + MOST_PUBLICATIONS + " elements");
    }
    for (Publication one : publications) {
      if (!allowed.contains(one.outlet()) || one.at().isBefore(consentedAt)) {
        throw new MalformedMessageException(
            "promotion.publications", "has one to which nobody consented");
      }
    }
  }

  /// Whether the box has to know of it: it may be published, or is and has to be removed.
  public boolean isOpen() {
    return withdrawal.isEmpty() || publications.stream().anyMatch(one -> one.removedAt().isEmpty());
  }

  /// How much room to keep for it in a document, whatever is still to come of what it has.
  int bytes() {
    return BYTES_OF_ONE
        + publications.stream()
            .mapToInt(one -> BYTES_OF_PUBLICATION + Json.bytes(one.place()))
            .sum();
  }

  static PromotedRecording read(Fields fields) {
    String id = fields.text("id", Ids.UUID, "a UUID in lower case");
    CallId call = fields.word("callId", CallId::new, "the id of a call");
    TelegramMessage message =
        new TelegramMessage(
            fields.text("chat", TelegramMessage.CHAT, "a number of a chat"),
            fields.number("message", 1, Integer.MAX_VALUE));
    Instant consentedAt = fields.instant("consentedAt");
    List<String> allowed =
        fields.texts("allowed", PromotionOutlet.values().length, OUTLET, "an outlet");
    Set<PromotionOutlet> outlets = EnumSet.noneOf(PromotionOutlet.class);
    allowed.forEach(name -> outlets.add(PromotionOutlet.valueOf(name)));
    if (outlets.size() != allowed.size()) {
      throw fields.bad("allowed", "names an outlet twice");
    }
    Optional<Instant> withdrawn = fields.optionalInstant("withdrawnAt");
    Optional<Instant> due = fields.optionalInstant("removalDue");
    if (withdrawn.isPresent() != due.isPresent()) {
      throw fields.bad("removalDue", "and withdrawnAt are not there together");
    }
    return new PromotedRecording(
        id,
        call,
        message,
        consentedAt,
        outlets,
        withdrawn.map(at -> new Withdrawal(at, due.orElseThrow())),
        fields.objects("publications", MOST_PUBLICATIONS, PromotedRecording::publication));
  }

  private static Publication publication(Fields fields) {
    return new Publication(
        fields.word("outlet", PromotionOutlet::valueOf, "an outlet"),
        fields.text("place", LONGEST_PLACE),
        fields.instant("at"),
        fields.optionalInstant("removedAt"));
  }

  ObjectNode write() {
    ObjectNode node = Json.object();
    node.put("id", id);
    node.put("callId", call.value());
    node.put("chat", message.chat());
    node.put("message", message.id());
    node.put("consentedAt", consentedAt.toString());
    ArrayNode outlets = node.putArray("allowed");
    allowed.stream().sorted().forEach(outlet -> outlets.add(outlet.name()));
    withdrawal.ifPresent(given -> {
      node.put("withdrawnAt", given.at().toString());
      node.put("removalDue", given.due().toString());
    });
    ArrayNode list = node.putArray("publications");
    for (Publication one : publications) {
      ObjectNode written = list.addObject();
      written.put("outlet", one.outlet().name());
      written.put("place", one.place());
      written.put("at", one.at().toString());
      one.removedAt().ifPresent(at -> written.put("removedAt", at.toString()));
    }
    return node;
  }
}
