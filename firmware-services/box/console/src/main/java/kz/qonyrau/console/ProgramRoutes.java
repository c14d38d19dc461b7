package kz.qonyrau.console;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import kz.qonyrau.campaigns.Attestation;
import kz.qonyrau.integrations.ApiKey;
import kz.qonyrau.integrations.ApiKeys;
import kz.qonyrau.integrations.Delivery;
import kz.qonyrau.integrations.EventKind;
import kz.qonyrau.integrations.Integrations;
import kz.qonyrau.integrations.KeyOrder;
import kz.qonyrau.integrations.Scope;
import kz.qonyrau.integrations.Statement;
import kz.qonyrau.integrations.Webhook;
import kz.qonyrau.integrations.Webhooks;
import kz.qonyrau.vocabulary.AstanaTime;
import kz.qonyrau.web.Answer;
import kz.qonyrau.web.Asked;
import kz.qonyrau.web.Desk;
import kz.qonyrau.web.Problem;

/// The keys of the business's programs, whom they want told, and what they can do (SH-API-01,
/// SH-API-02).
final class ProgramRoutes {

  private record StatementForm(
      String origin,
      LocalDate collectedFrom,
      boolean agreed,
      String senderName,
      String senderContact,
      String category,
      String language,
      List<DayOfWeek> weekdays,
      String start,
      String end,
      int days,
      int channels,
      int callsPerMinute) {

    static StatementForm of(Statement statement) {
      return new StatementForm(
          statement.origin(),
          statement.collectedFrom(),
          statement.agreed(),
          statement.senderName(),
          statement.senderContact(),
          statement.category(),
          statement.language(),
          statement.weekdays(),
          statement.start().toString(),
          statement.end().equals(LocalTime.MIDNIGHT) ? "24:00" : statement.end().toString(),
          statement.days(),
          statement.channels(),
          statement.callsPerMinute());
    }

    Statement statement() {
      return new Statement(
          origin,
          collectedFrom,
          agreed,
          senderName,
          senderContact,
          category,
          language,
          weekdays,
          LocalTime.parse(start),
          end.equals("24:00") ? LocalTime.MIDNIGHT : LocalTime.parse(end),
          days,
          channels,
          callsPerMinute);
    }
  }

  private record KeyForm(
      String name,
      List<String> scopes,
      Optional<Integer> requestsPerMinute,
      Optional<StatementForm> statement) {}

  private record KeyView(
      String id,
      String name,
      String owner,
      List<String> scopes,
      int requestsPerMinute,
      Optional<StatementForm> statement,
      Instant createdAt,
      Optional<Instant> lastUsedAt,
      Optional<Instant> frozenAt,
      Optional<Instant> revokedAt) {

    static KeyView of(ApiKey key) {
      return new KeyView(
          key.id(),
          key.name(),
          key.owner(),
          key.scopes().stream().sorted().map(Scope::words).toList(),
          key.requestsPerMinute(),
          key.statement().map(StatementForm::of),
          key.createdAt(),
          key.lastUsedAt(),
          key.frozenAt(),
          key.revokedAt());
    }
  }

  private record NewKeyView(KeyView key, String secret) {}

  private record WebhookForm(String url, List<String> events) {}

  private record WebhookView(
      String id,
      String url,
      List<String> events,
      Instant createdAt,
      String createdBy,
      long pending,
      long done,
      long givenUp) {

    static WebhookView of(Webhook webhook, Map<Delivery.State, Long> counts) {
      return new WebhookView(
          webhook.id(),
          webhook.url(),
          webhook.events().stream().sorted().map(EventKind::words).toList(),
          webhook.createdAt(),
          webhook.createdBy(),
          counts.getOrDefault(Delivery.State.PENDING, 0L),
          counts.getOrDefault(Delivery.State.DONE, 0L),
          counts.getOrDefault(Delivery.State.GIVEN_UP, 0L));
    }
  }

  private record NewWebhookView(WebhookView webhook, String secret) {}

  private record DeliveryPage(long total, List<Delivery> items) {}

  private final ApiKeys keys;
  private final Webhooks webhooks;
  private final ApiDescription description;
  private final InstantSource clock;

  ProgramRoutes(Integrations integrations, ApiDescription description, InstantSource clock) {
    this.keys = integrations.keys();
    this.webhooks = integrations.webhooks();
    this.description = description;
    this.clock = clock;
  }

  Desk on(Desk desk) {
    return desk.on("apiKeys", _ -> Answer.ok(keys.all().await().stream().map(KeyView::of).toList()))
        .on("makeApiKey", this::makeKey)
        .on("revokeApiKey", this::revoke)
        .on("thawApiKey", this::thaw)
        .on("apiDescription", asked -> Answer.ok(description.of(asked.text("contract").orElse(""))))
        .on("webhooks", _ -> Answer.ok(webhooks.all().stream().map(this::view).toList()))
        .on("makeWebhook", this::makeWebhook)
        .on("removeWebhook", this::removeWebhook)
        .on("testWebhook", this::test)
        .on("deliveries", this::deliveries)
        .on("deliverAgain", this::again);
  }

  private Answer makeKey(Asked asked) {
    KeyForm form = asked.body(KeyForm.class);
    KeyOrder order = order(form);
    return keys.make(order, asked.person().login())
        .await()
        .map(made -> Answer.created(new NewKeyView(KeyView.of(made.key()), made.secret())))
        .orElseThrow(() ->
            Problem.conflict(
                "TOO_MANY_KEYS", "There are " + ApiKeys.MOST + " keys; revoke one first."));
  }

  private KeyOrder order(KeyForm form) {
    try {
      Optional<Statement> statement = form.statement().map(StatementForm::statement);
      statement.ifPresent(this::requireStatable);
      return new KeyOrder(
          form.name(),
          form.scopes().stream()
              .map(words -> Scope.of(words).orElseThrow())
              .collect(Collectors.toSet()),
          form.requestsPerMinute().orElse(ApiKey.USUAL_REQUESTS_PER_MINUTE),
          statement);
    } catch (IllegalArgumentException wrong) {
      throw wrong("INVALID_KEY", wrong);
    }
  }

  /// The same that a list's statement must be, so that no order fails because of it.
  private void requireStatable(Statement statement) {
    LocalDate today = AstanaTime.dateOf(clock.instant());
    if (statement.collectedFrom().isAfter(today)) {
      throw new IllegalArgumentException("statement.collectedFrom: today or earlier");
    }
    var _ =
        new Attestation(
            statement.origin(),
            statement.collectedFrom(),
            today,
            true,
            false,
            "owner",
            clock.instant());
  }

  /// @param wrong whose message may begin with the field and a colon
  private static Problem wrong(String code, IllegalArgumentException wrong) {
    String message = Optional.ofNullable(wrong.getMessage()).orElse("Is not possible.");
    int colon = message.indexOf(": ");
    return colon < 0
        ? Problem.unprocessable(code, message)
        : CampaignRoutes.refused(message.substring(0, colon), code, message.substring(colon + 2));
  }

  private Answer revoke(Asked asked) {
    if (!keys.revoke(asked.text("keyId").orElseThrow()).await()) {
      throw Problem.notFound("key");
    }
    return Answer.done();
  }

  private Answer thaw(Asked asked) {
    if (!keys.thaw(asked.text("keyId").orElseThrow()).await()) {
      throw Problem.notFound("key in force");
    }
    return Answer.done();
  }

  private WebhookView view(Webhook webhook) {
    return WebhookView.of(webhook, webhooks.counts(webhook.id()).await());
  }

  private Answer makeWebhook(Asked asked) {
    WebhookForm form = asked.body(WebhookForm.class);
    Set<EventKind> events =
        form.events().stream()
            .map(words -> EventKind.of(words).orElseThrow())
            .collect(Collectors.toSet());
    try {
      return webhooks
          .make(asked.seed(), form.url(), events, asked.person().login())
          .await()
          .map(made -> Answer.created(new NewWebhookView(view(made.webhook()), made.secret())))
          .orElseThrow(() ->
              Problem.conflict(
                  "TOO_MANY_WEBHOOKS",
                  "There are " + Webhooks.MOST + " webhooks; remove one first."));
    } catch (IllegalArgumentException wrong) {
      throw CampaignRoutes.refused(
          "url", "INVALID_URL", Optional.ofNullable(wrong.getMessage()).orElse("Is no address."));
    }
  }

  private String existing(Asked asked) {
    return asked
        .text("webhookId")
        .filter(id -> webhooks.find(id).isPresent())
        .orElseThrow(() -> Problem.notFound("webhook"));
  }

  private Answer removeWebhook(Asked asked) {
    var _ = webhooks.remove(existing(asked)).await();
    return Answer.done();
  }

  private Answer test(Asked asked) {
    var _ = webhooks.test(existing(asked), asked.seed()).await();
    return Answer.done();
  }

  private Answer deliveries(Asked asked) {
    String id = existing(asked);
    long total = webhooks.counts(id).await().values().stream().mapToLong(Long::longValue).sum();
    return Answer.ok(
        new DeliveryPage(
            total,
            webhooks.deliveries(id, asked.whole("page", 0), asked.whole("size", 20)).await()));
  }

  private Answer again(Asked asked) {
    String id = existing(asked);
    if (!webhooks.again(id, asked.text("eventId").orElseThrow()).await()) {
      throw Problem.notFound("delivery that has not arrived");
    }
    return Answer.done();
  }
}
