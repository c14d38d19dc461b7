package kz.qonyrau.billing;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import kz.qonyrau.vocabulary.BoxId;
import kz.qonyrau.vocabulary.OrganisationId;
import kz.qonyrau.vocabulary.Tenge;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The table of what was proposed. Every method runs in the caller's transaction.
final class Proposals {

  private static final String COLUMNS =
      """
      SELECT id, kind, organisation_id, subject, amount_tiyn, reason, proposed_by, proposed_at_ms,
        state, decided_by, decided_at_ms, note
      FROM billing.proposal
      """;

  private Proposals() {}

  static void insert(Handle handle, Proposal proposal) {
    Columns columns = columns(proposal.measure());
    handle
        .createUpdate(
            """
            INSERT INTO billing.proposal (
              id, kind, organisation_id, subject, amount_tiyn, reason, proposed_by,
              proposed_at_ms, state)
            VALUES (
              :id, :kind, :organisation, :subject, :amount, :reason, :by, :at, 'OPEN')
            """)
        .bind("id", proposal.id())
        .bind("kind", columns.kind().name())
        .bindByType("organisation", columns.organisation(), String.class)
        .bind("subject", columns.subject())
        .bind("amount", columns.amount().tiyn())
        .bind("reason", proposal.reason())
        .bind("by", proposal.proposedBy())
        .bind("at", proposal.proposedAt().toEpochMilli())
        .execute();
  }

  static void decide(
      Handle handle, String id, Proposal.State state, String by, Instant at, String note) {
    int changed =
        handle
            .createUpdate(
                """
                UPDATE billing.proposal
                SET state = :state, decided_by = :by, decided_at_ms = :at, note = :note
                WHERE id = :id AND state = 'OPEN'
                """)
            .bind("state", state.name())
            .bind("by", by)
            .bind("at", at.toEpochMilli())
            .bindByType("note", note.isEmpty() ? null : note, String.class)
            .bind("id", id)
            .execute();
    if (changed != 1) {
      throw new IllegalStateException("proposal " + id + " changed under the writer");
    }
  }

  static Optional<Proposal> find(Handle handle, String id) {
    return handle
        .createQuery(COLUMNS + "WHERE id = :id")
        .bind("id", id)
        .map((row, _) -> proposal(row))
        .findOne();
  }

  /// The open ones, oldest first.
  static List<Proposal> open(Handle handle, int size) {
    return handle
        .createQuery(
            COLUMNS
                + "WHERE state = 'OPEN' ORDER BY proposed_at_ms, id FETCH FIRST :size ROWS ONLY")
        .bind("size", size)
        .map((row, _) -> proposal(row))
        .list();
  }

  /// All, newest first.
  static List<Proposal> all(Handle handle, int size) {
    return handle
        .createQuery(COLUMNS + "ORDER BY proposed_at_ms DESC, id FETCH FIRST :size ROWS ONLY")
        .bind("size", size)
        .map((row, _) -> proposal(row))
        .list();
  }

  private enum Kind {
    PUBLICATION,
    REVERSAL,
    COMPENSATION,
    PENALTY,
    WELCOME_BONUS,
    BENEFIT_GRANT,
    BENEFIT_EXIT,
    ERASURE
  }

  private record Columns(Kind kind, @Nullable String organisation, String subject, Tenge amount) {}

  private static Columns columns(Measure measure) {
    return switch (measure) {
      case Measure.Publication(String list) ->
          new Columns(Kind.PUBLICATION, null, list, Tenge.ZERO);
      case Measure.Reversal(OrganisationId organisation, String posting) ->
          new Columns(Kind.REVERSAL, organisation.value(), posting, Tenge.ZERO);
      case Measure.Compensation(OrganisationId organisation, WalletKind wallet, Tenge amount) ->
          new Columns(Kind.COMPENSATION, organisation.value(), wallet.name(), amount);
      case Measure.Penalty(OrganisationId organisation, WalletKind wallet, Tenge amount) ->
          new Columns(Kind.PENALTY, organisation.value(), wallet.name(), amount);
      case Measure.WelcomeBonusAmount(Tenge amount) ->
          new Columns(Kind.WELCOME_BONUS, null, "", amount);
      case Measure.Erasure(OrganisationId organisation, BoxId box, String ground) ->
          new Columns(Kind.ERASURE, organisation.value(), box.value() + " " + ground, Tenge.ZERO);
      case Measure.BenefitGrant(OrganisationId organisation, String terms) ->
          new Columns(Kind.BENEFIT_GRANT, organisation.value(), terms, Tenge.ZERO);
      case Measure.BenefitExit(OrganisationId organisation, String benefit) ->
          new Columns(Kind.BENEFIT_EXIT, organisation.value(), benefit, Tenge.ZERO);
    };
  }

  private static Measure measure(ResultSet row) throws SQLException {
    String subject = row.getString("subject");
    Tenge amount = new Tenge(row.getLong("amount_tiyn"));
    return switch (Kind.valueOf(row.getString("kind"))) {
      case PUBLICATION -> new Measure.Publication(subject);
      case REVERSAL -> new Measure.Reversal(organisation(row), subject);
      case COMPENSATION ->
          new Measure.Compensation(organisation(row), WalletKind.valueOf(subject), amount);
      case PENALTY -> new Measure.Penalty(organisation(row), WalletKind.valueOf(subject), amount);
      case ERASURE -> {
        int blank = subject.indexOf(' ');
        yield new Measure.Erasure(
            organisation(row),
            new BoxId(subject.substring(0, blank)),
            subject.substring(blank + 1));
      }
      case BENEFIT_GRANT -> new Measure.BenefitGrant(organisation(row), subject);
      case BENEFIT_EXIT -> new Measure.BenefitExit(organisation(row), subject);
      case WELCOME_BONUS -> new Measure.WelcomeBonusAmount(amount);
    };
  }

  private static OrganisationId organisation(ResultSet row) throws SQLException {
    return new OrganisationId(row.getString("organisation_id"));
  }

  private static Proposal proposal(ResultSet row) throws SQLException {
    long decidedAt = row.getLong("decided_at_ms");
    Optional<Instant> decided =
        row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(decidedAt));
    return new Proposal(
        row.getString("id"),
        measure(row),
        row.getString("reason"),
        row.getString("proposed_by"),
        Instant.ofEpochMilli(row.getLong("proposed_at_ms")),
        Proposal.State.valueOf(row.getString("state")),
        Optional.ofNullable(row.getString("decided_by")),
        decided,
        Optional.ofNullable(row.getString("note")));
  }
}
