package kz.qonyrau.fleet;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import kz.qonyrau.billing.Billing;
import kz.qonyrau.tariffs.UsageLine;
import kz.qonyrau.vocabulary.BoxId;
import kz.qonyrau.wire.Envelope;
import kz.qonyrau.wire.RatedLine;
import kz.qonyrau.wire.UsageReport;
import org.jdbi.v3.core.Handle;

/// Repeats in central's books what boxes used. Every method runs in the caller's transaction.
final class Mirror {

  private final Wallets wallets;
  private final Upkeep upkeep;
  private final Billing billing;

  Mirror(Wallets wallets, Upkeep upkeep, Billing billing) {
    this.wallets = wallets;
    this.upkeep = upkeep;
    this.billing = billing;
  }

  /// What an item did.
  ///
  /// @param fresh whether it was booked just now
  /// @param renewed whether it took the lease so low that a new one was issued
  /// @param alarm that the box rated it otherwise than central would have
  record Booked(boolean fresh, boolean renewed, Optional<TimelineEntry> alarm) {

    static final Booked NOTHING = new Booked(false, false, Optional.empty());
  }

  /// Books an item unless it is booked.
  Booked book(Handle handle, Envelope envelope, UsageReport report, Instant now) {
    BoxId box = envelope.boxId();
    boolean known =
        handle
            .createQuery(
                "SELECT msg_id FROM fleet.usage_item WHERE box_id = :box AND item_id = :item")
            .bind("box", box.value())
            .bind("item", report.itemId())
            .mapTo(String.class)
            .findOne()
            .isPresent();
    handle
        .createUpdate(
            """
            UPDATE fleet.box SET usage_messages = usage_messages + 1, used_tiyn = used_tiyn + :tiyn
            WHERE id = :box
            """)
        .bind("tiyn", known ? 0 : report.amount().tiyn())
        .bind("box", box.value())
        .execute();
    if (known) {
      return Booked.NOTHING;
    }
    insert(handle, envelope, report);
    count(handle, box, report, now);
    BoxAccount account = BoxAccount.find(handle, box).orElseThrow();
    Optional<TimelineEntry> alarm = rateAgain(handle, account, report, now);
    if (!report.amount().isPositive()) {
      return new Booked(true, false, alarm);
    }
    wallets.spend(handle, box, report.itemId(), report.amount());
    return new Booked(true, account.isLow() && upkeep.renewLease(handle, account, now), alarm);
  }

  private Optional<TimelineEntry> rateAgain(
      Handle handle, BoxAccount account, UsageReport report, Instant now) {
    boolean differs =
        billing.rateAgain(
            handle,
            account.organisation(),
            account.box(),
            report.itemId(),
            report.startedAt(),
            report.lines().stream().map(Mirror::usage).toList());
    return differs
        ? Timeline.alarm(
            handle,
            account.box(),
            "RATING_DIFFERS",
            report.itemId() + " was not rated by the customer's price list",
            now)
        : Optional.empty();
  }

  private static UsageLine usage(RatedLine line) {
    return new UsageLine(
        line.service(),
        line.quantity(),
        line.unit(),
        line.unitPrice(),
        line.amount(),
        line.tariff());
  }

  private static void insert(Handle handle, Envelope envelope, UsageReport report) {
    handle
        .createUpdate(
            """
            INSERT INTO fleet.usage_item (
              box_id, item_id, msg_id, seq, campaign_id, outcome, started_at_ms, answered_ms,
              amount_tiyn)
            VALUES (
              :box, :item, :msg, :seq, :campaign, :outcome, :started, :answered, :tiyn)
            """)
        .bind("box", envelope.boxId().value())
        .bind("item", report.itemId())
        .bind("msg", envelope.msgId())
        .bind("seq", envelope.seq())
        .bind("campaign", report.campaign().value())
        .bind("outcome", report.outcome().name())
        .bind("started", report.startedAt().toEpochMilli())
        .bind("answered", report.answered().toMillis())
        .bind("tiyn", report.amount().tiyn())
        .execute();
  }

  private static void count(Handle handle, BoxId box, UsageReport report, Instant now) {
    // A box whose clock is wrong must not make hours that no chart will ever show.
    Instant at =
        Duration.between(report.startedAt(), now).abs().compareTo(Duration.ofDays(400)) > 0
            ? now
            : report.startedAt();
    long hour = at.truncatedTo(ChronoUnit.HOURS).toEpochMilli();
    int updated =
        handle
            .createUpdate(
                """
                UPDATE fleet.usage_hour SET attempts = attempts + 1,
                  answered_ms = answered_ms + :answered, amount_tiyn = amount_tiyn + :tiyn
                WHERE hour_ms = :hour AND box_id = :box AND outcome = :outcome
                """)
            .bind("answered", report.answered().toMillis())
            .bind("tiyn", report.amount().tiyn())
            .bind("hour", hour)
            .bind("box", box.value())
            .bind("outcome", report.outcome().name())
            .execute();
    if (updated == 0) {
      handle
          .createUpdate(
              """
              INSERT INTO fleet.usage_hour (
                hour_ms, box_id, outcome, attempts, answered_ms, amount_tiyn)
              VALUES (:hour, :box, :outcome, 1, :answered, :tiyn)
              """)
          .bind("hour", hour)
          .bind("box", box.value())
          .bind("outcome", report.outcome().name())
          .bind("answered", report.answered().toMillis())
          .bind("tiyn", report.amount().tiyn())
          .execute();
    }
  }
}
