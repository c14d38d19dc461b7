package kz.qonyrau.web;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kz.qonyrau.audit.AuditArea;
import kz.qonyrau.audit.AuditEntry;
import kz.qonyrau.audit.AuditFilter;
import kz.qonyrau.audit.AuditLog;
import kz.qonyrau.audit.AuditVerdict;
import kz.qonyrau.vocabulary.AstanaTime;

/// The audit log on the pages: what was done, whether the log is sound, and the log as a file
/// (PLT-18). Both consoles offer it; who sees more than his own entries is for them to say.
public final class AuditRoutes {

  private static final int FILE_ROWS_MAX = 50_000;
  private static final int FILE_PAGE = 1000;

  private record EntryView(
      long line,
      Instant at,
      String login,
      String role,
      String address,
      String area,
      String action,
      String object,
      String reason,
      String detail,
      Optional<String> ending) {}

  private record VerificationView(
      boolean sound,
      long lines,
      Optional<String> headHash,
      Optional<Long> firstBrokenLine,
      Optional<String> why) {}

  private final AuditLog audit;
  private final Function<Person, Set<AuditArea>> seenBy;

  /// @param seenBy the areas that a person sees besides his own entries
  public AuditRoutes(AuditLog audit, Function<Person, Set<AuditArea>> seenBy) {
    this.audit = audit;
    this.seenBy = seenBy;
  }

  /// Adds the operations `audit`, `auditFile` and `verifyAudit`.
  public Desk on(Desk desk) {
    return desk.on("audit", this::entries)
        .on("auditFile", this::file)
        .on("verifyAudit", _ -> Answer.ok(view(audit.verify().await())));
  }

  private Answer entries(Asked asked) {
    Optional<Long> before =
        asked.whole("before").isPresent()
            ? Optional.of(asked.whole("before").getAsLong())
            : Optional.empty();
    return Answer.ok(
        audit.entries(filter(asked), before, asked.whole("size", 50)).await().stream()
            .map(AuditRoutes::view)
            .toList());
  }

  private Answer file(Asked asked) {
    AuditFilter filter = filter(asked);
    StringBuilder csv =
        new StringBuilder(
            Csv.BEGINNING
                + "line;time;login;role;address;area;action;object;reason;detail;ending"
                + Csv.END_OF_ROW);
    Optional<Long> before = Optional.empty();
    List<AuditEntry> page;
    int rows = 0;
    do {
      page = audit.entries(filter, before, FILE_PAGE).await();
      rows += page.size();
      if (rows > FILE_ROWS_MAX) {
        throw Problem.unprocessable(
            "TOO_MANY_ROWS",
            "A file holds at most " + FILE_ROWS_MAX + " entries. Choose a shorter period.");
      }
      page.forEach(entry -> csv.append(row(entry)).append(Csv.END_OF_ROW));
      before = page.isEmpty() ? before : Optional.of(page.getLast().line());
    } while (page.size() == FILE_PAGE);
    return new Answer.Download(
        "text/csv; charset=utf-8",
        "audit.csv",
        Content.of(csv.toString().getBytes(StandardCharsets.UTF_8)));
  }

  private static String row(AuditEntry entry) {
    return Stream.of(
            Long.toString(entry.line()),
            AstanaTime.at(entry.at()).toLocalDateTime().toString(),
            entry.actor().login(),
            entry.actor().role(),
            entry.actor().address(),
            entry.area(),
            entry.action(),
            entry.object(),
            entry.reason(),
            entry.detail(),
            entry.ending().orElse(""))
        .map(cell -> Csv.cell(cell))
        .collect(Collectors.joining(Csv.SEPARATOR));
  }

  private AuditFilter filter(Asked asked) {
    Optional<Instant> from = asked.text("from").map(Instant::parse);
    Optional<Instant> until = asked.text("until").map(Instant::parse);
    if (from.isPresent() && until.isPresent() && !from.get().isBefore(until.get())) {
      throw Problem.unprocessable(
          "PERIOD_ENDS_BEFORE_IT_BEGINS",
          "Choose an end after the beginning.",
          List.of(
              new Problem.Field(
                  "until", "PERIOD_ENDS_BEFORE_IT_BEGINS", "Must be later than `from`.")));
    }
    Set<AuditArea> seen = seenBy.apply(asked.person());
    return new AuditFilter(
        seen.isEmpty() ? EnumSet.noneOf(AuditArea.class) : EnumSet.copyOf(seen),
        Optional.of(asked.person().login()),
        asked.text("area").map(AuditArea::valueOf),
        asked.text("login").filter(login -> !login.isBlank()).map(String::strip),
        from,
        until);
  }

  private static EntryView view(AuditEntry entry) {
    return new EntryView(
        entry.line(),
        entry.at(),
        entry.actor().login(),
        entry.actor().role(),
        entry.actor().address(),
        entry.area(),
        entry.action(),
        entry.object(),
        entry.reason(),
        entry.detail(),
        entry.ending());
  }

  private static VerificationView view(AuditVerdict verdict) {
    return switch (verdict) {
      case AuditVerdict.Sound(long lines, String headHash) ->
          new VerificationView(
              true, lines, Optional.of(headHash), Optional.empty(), Optional.empty());
      case AuditVerdict.Broken(long firstLine, String why) ->
          new VerificationView(
              false, 0, Optional.empty(), Optional.of(firstLine), Optional.of(why));
    };
  }
}
