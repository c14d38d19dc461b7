package kz.qonyrau.wire;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import kz.qonyrau.vocabulary.BoxId;
import kz.qonyrau.vocabulary.Msisdn;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What a box may do until when (PLT-09). Central writes it, [LicensePolicy] judges it on the box.
///
/// Modules are words and not an enum, so that a box whose program is older than the newest module
/// still understands its license.
///
/// @param boxId the only box it is good for
/// @param version counts this box's licenses from 1; a box never goes back (PLT-10)
/// @param organisation the customer's name, for people
/// @param modules what may be used, for example `calls`, `recording`, `recognition`
/// @param limits how much at once
/// @param notBefore from when it is good
/// @param expires until when it is good
/// @param graceHours how long a box goes on beyond that, 0 to 720 (P-03: 72)
/// @param suspensions what may not be used for now although it is licensed, at most 30 (SH-SUS-01)
/// @param holds of what nothing may be deleted for now, at most [#MOST_HOLDS], each once
///   (SH-RET-02)
/// @param numbers those of the provider's pool that the box may show, at most 100, each once; empty
///   where the provider has not assigned any, and then the box's settings say so (AC-CAL-03)
public record LicenseDocument(
    BoxId boxId,
    long version,
    String organisation,
    Set<String> modules,
    LicenseLimits limits,
    Instant notBefore,
    Instant expires,
    int graceHours,
    List<Suspension> suspensions,
    List<LegalHold> holds,
    Optional<List<Msisdn>> numbers)
    implements BoxDocument {

  static final Pattern MODULE = Pattern.compile("[a-z][a-z0-9-]{1,39}");
  private static final int LONGEST_NAME = 200;
  private static final int MOST_MODULES = 100;
  private static final int MOST_GRACE_HOURS = 720;
  private static final int MOST_SUSPENSIONS = 30;

  /// So many legal holds a license names at most.
  public static final int MOST_HOLDS = 10;

  /// So many numbers a license names at most.
  public static final int MOST_NUMBERS = 100;

  private static final Pattern NUMBER = Pattern.compile("\\+[1-9][0-9]{6,14}");

  /// @throws MalformedMessageException if it makes no sense: see the components
  public LicenseDocument {
    modules = Set.copyOf(modules);
    suspensions = List.copyOf(suspensions);
    holds = List.copyOf(holds);
    numbers = numbers.map(List::copyOf);
    notBefore = notBefore.truncatedTo(ChronoUnit.MILLIS);
    expires = expires.truncatedTo(ChronoUnit.MILLIS);
    require(version >= 1, "version", "is below 1");
    require(
        !organisation.isBlank() && organisation.length() <= LONGEST_NAME,
        "organisation",
        "does not have 1 to " + LONGEST_NAME + " characters");
    require(
        !modules.isEmpty() && modules.size() <= MOST_MODULES,
        "modules",
        "does not name 1 to " + MOST_MODULES + " modules");
    require(
        modules.stream().allMatch(module -> MODULE.matcher(module).matches()),
        "modules",
        "has a module that is not a lower-case word");
    require(notBefore.isBefore(expires), "expires", "is not after notBefore");
    require(
        graceHours >= 0 && graceHours <= MOST_GRACE_HOURS,
        "graceHours",
        "is not within 0 to " + MOST_GRACE_HOURS);
    require(
        suspensions.size() <= MOST_SUSPENSIONS,
        "suspensions",
        "has more than " + MOST_SUSPENSIONS + " elements");
    require(holds.size() <= MOST_HOLDS, "holds", "has more than " + MOST_HOLDS + " elements");
    require(
        holds.stream().map(LegalHold::id).distinct().count() == holds.size(),
        "holds",
        "has the same hold twice");
    require(
        numbers.filter(all -> all.size() > MOST_NUMBERS).isEmpty(),
        "numbers",
        "has more than " + MOST_NUMBERS + " elements");
    require(
        numbers.filter(all -> all.stream().distinct().count() < all.size()).isEmpty(),
        "numbers",
        "has the same number twice");
  }

  /// Whether a module is licensed and not suspended. The time is not looked at.
  public boolean allows(String module) {
    return modules.contains(module) && suspension(module).isEmpty();
  }

  /// Why a module is suspended, if it is.
  public Optional<Suspension> suspension(String module) {
    return suspensions.stream().filter(suspension -> suspension.scope().covers(module)).findFirst();
  }

  /// Reads the text of a signed license. The signature is not looked at.
  ///
  /// @throws MalformedMessageException if it is of another schema, or anything is wrong with it
  public static LicenseDocument parse(SignedDocument document) {
    if (!document.schema().equals(Schemas.LICENSE)) {
      throw new MalformedMessageException("license", "is not of schema " + Schemas.LICENSE);
    }
    Fields fields = Json.object("license", document.text());
    BoxId boxId = fields.word("boxId", BoxId::new, "a box id");
    long version = fields.number("version", 1, Long.MAX_VALUE);
    String organisation = fields.text("organisation", LONGEST_NAME);
    Set<String> modules =
        new TreeSet<>(fields.texts("modules", MOST_MODULES, MODULE, "a lower-case word"));
    Fields inner = fields.object("limits");
    LicenseLimits limits =
        new LicenseLimits(
            (int) inner.number("channels", 1, LicenseLimits.MOST),
            (int) inner.number("callsPerMinute", 1, LicenseLimits.MOST));
    inner.end();
    Instant notBefore = fields.instant("notBefore");
    Instant expires = fields.instant("expires");
    int graceHours = (int) fields.number("graceHours", 0, MOST_GRACE_HOURS);
    List<Suspension> suspensions =
        fields.objects("suspensions", MOST_SUSPENSIONS, Suspension::read);
    List<LegalHold> holds = fields.objects("holds", MOST_HOLDS, LegalHold::read);
    Optional<List<Msisdn>> numbers =
        fields
            .optionalTexts("numbers", MOST_NUMBERS, NUMBER, "a number in E.164 form")
            .map(all -> all.stream().map(Msisdn::new).toList());
    fields.end();
    return new LicenseDocument(
        boxId,
        version,
        organisation,
        modules,
        limits,
        notBefore,
        expires,
        graceHours,
        suspensions,
        holds,
        numbers);
  }

  /// Writes and signs it.
  public SignedDocument sign(DocumentSigner signer) {
    ObjectNode node = Json.object();
    node.put("boxId", boxId.value());
    node.put("version", version);
    node.put("organisation", organisation);
    ArrayNode names = node.putArray("modules");
    new TreeSet<>(modules).forEach(names::add);
    node.putObject("limits")
        .put("channels", limits.channels())
        .put("callsPerMinute", limits.callsPerMinute());
    node.put("notBefore", notBefore.toString());
    node.put("expires", expires.toString());
    node.put("graceHours", graceHours);
    ArrayNode suspended = node.putArray("suspensions");
    suspensions.forEach(suspension -> suspended.add(suspension.write()));
    ArrayNode held = node.putArray("holds");
    holds.forEach(hold -> held.add(hold.write()));
    numbers.ifPresent(all -> {
      ArrayNode shown = node.putArray("numbers");
      all.forEach(number -> shown.add(number.e164()));
    });
    return SignedDocument.sign(Schemas.LICENSE, Json.write(node), signer);
  }

  private static void require(boolean holds, String field, String otherwise) {
    if (!holds) {
      throw new MalformedMessageException("license." + field, otherwise);
    }
  }
}
