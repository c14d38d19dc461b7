package kz.qonyrau.console;

import io.vertx.core.Future;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kz.qonyrau.calls.Calls;
import kz.qonyrau.calls.PlacedCall;
import kz.qonyrau.campaigns.Campaigns;
import kz.qonyrau.campaigns.ContactList;
import kz.qonyrau.campaigns.ContactLists;
import kz.qonyrau.campaigns.TrialCalls;
import kz.qonyrau.integrations.Event;
import kz.qonyrau.integrations.EventKind;
import kz.qonyrau.integrations.EventSource;
import kz.qonyrau.integrations.Integrations;
import kz.qonyrau.integrations.Webhooks;

/// Makes events for webhooks of what the API shows: of a call's end and of a list that is ready in
/// the transaction that makes it so, of a campaign's states by reading its log on.
final class EventFeed {

  private EventFeed() {}

  static void begin(
      Integrations integrations,
      Calls calls,
      Campaigns campaigns,
      ContactLists lists,
      TrialCalls trials) {
    Webhooks webhooks = integrations.webhooks();
    calls.alongTheEnd((handle, call) -> {
      if (webhooks.wants(EventKind.CALL_FINISHED) && isOfACampaign(call.get(), trials)) {
        webhooks.tell(handle, event(call.get()));
      }
    });
    lists.alongReady((handle, list) -> webhooks.tell(handle, event(list)));
    integrations.courier().follow(new States(campaigns));
    campaigns.onChange(_ -> integrations.courier().look());
    integrations.courier().start();
  }

  /// Programs wait for what becomes of contacts. People try campaigns out on their own numbers,
  /// which stay here.
  private static boolean isOfACampaign(PlacedCall call, TrialCalls trials) {
    return !call.campaign().equals(TrialCalls.CODES) && trials.find(call.id()).isEmpty();
  }

  private static Event event(PlacedCall call) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("call_id", call.id().value());
    facts.put("campaign_id", call.campaign().value());
    call.callee().ifPresent(number -> facts.put("number", number.e164()));
    facts.put("outcome", call.outcome().map(Enum::name).orElse(""));
    facts.put("started_at", call.startedAt());
    call.answeredAt().ifPresent(at -> facts.put("answered_at", at));
    call.endedAt().ifPresent(at -> facts.put("ended_at", at));
    facts.put("answered_seconds", BigDecimal.valueOf(call.answered().toMillis(), 3));
    facts.put("cost_tiyn", call.amount().tiyn());
    facts.put("keys", call.digits());
    return Event.of(
        EventKind.CALL_FINISHED, call.id().value(), call.endedAt().orElse(call.startedAt()), facts);
  }

  private static Event event(ContactList list) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("list_id", list.id().value());
    facts.put("name", list.name());
    facts.put("contacts", list.contacts());
    facts.put("duplicates", list.duplicates());
    facts.put("rejected", list.rejected());
    return Event.of(EventKind.LIST_READY, list.id().value(), list.createdAt(), facts);
  }

  private record States(Campaigns campaigns) implements EventSource {

    @Override
    public String name() {
      return "campaign.states";
    }

    @Override
    public Future<List<Row>> after(long position, int size) {
      return campaigns
          .events(position, size)
          .map(events ->
              events.stream().map(event -> new Row(event.number(), States.event(event))).toList());
    }

    @Override
    public Future<Long> last() {
      return campaigns.lastEvent();
    }

    private static Event event(Campaigns.NumberedEvent change) {
      Map<String, Object> facts = new LinkedHashMap<>();
      facts.put("campaign_id", change.campaign().value());
      facts.put("state", change.event().state().name());
      facts.put("by", change.event().by());
      facts.put("why", change.event().why());
      return Event.of(
          EventKind.CAMPAIGN_STATE, Long.toString(change.number()), change.event().at(), facts);
    }
  }
}
