package kz.qonyrau.console;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import kz.qonyrau.callbacks.CallBack;
import kz.qonyrau.callbacks.CallBackPage;
import kz.qonyrau.callbacks.CallBacks;
import kz.qonyrau.callbacks.Inquiries;
import kz.qonyrau.callbacks.InquiryPage;
import kz.qonyrau.vocabulary.CampaignId;
import kz.qonyrau.vocabulary.Msisdn;
import kz.qonyrau.web.Answer;
import kz.qonyrau.web.Asked;
import kz.qonyrau.web.Desk;

/// Who called back, what they were told and what they asked for (AC-WHO-05).
final class CallBackRoutes {

  /// @param name empty text if the campaign was deleted
  private record CampaignView(String id, String name) {}

  private record ContactView(String callId, CampaignView campaign, Instant at) {}

  private record CallBackView(
      String id,
      Instant at,
      Optional<String> number,
      Optional<String> called,
      Optional<CallBack.Told> told,
      Optional<ContactView> contact,
      double heardSeconds,
      Optional<CallBack.Wish> wish,
      int refused) {}

  private record InquiryView(Instant at, CampaignView campaign) {}

  private record InquiryPageView(long total, List<InquiryView> items) {}

  private record FrequentView(CampaignView campaign, long people) {}

  private record PageView(long total, List<CallBackView> items, List<FrequentView> frequent) {}

  private final CallBacks callBacks;
  private final Inquiries inquiries;
  private final CampaignNames names;

  CallBackRoutes(CallBacks callBacks, Inquiries inquiries, CampaignNames names) {
    this.callBacks = callBacks;
    this.inquiries = inquiries;
    this.names = names;
  }

  Desk on(Desk desk) {
    return desk.on("callBacks", this::page).on("inquiries", this::inquiries);
  }

  private Answer page(Asked asked) {
    CallBackPage page = callBacks.page(asked.whole("page", 0), asked.whole("size", 50)).await();
    return Answer.ok(
        new PageView(
            page.total(),
            page.items().stream().map(this::view).toList(),
            page.frequent().stream()
                .map(one -> new FrequentView(campaign(one.campaign()), one.people()))
                .toList()));
  }

  private Answer inquiries(Asked asked) {
    InquiryPage page = inquiries.page(asked.whole("page", 0), asked.whole("size", 50)).await();
    return Answer.ok(
        new InquiryPageView(
            page.total(),
            page.items().stream()
                .map(one -> new InquiryView(one.at(), campaign(one.campaign())))
                .toList()));
  }

  private CallBackView view(CallBack one) {
    return new CallBackView(
        one.id().value(),
        one.at(),
        one.caller().map(Msisdn::e164),
        one.called(),
        one.told(),
        one.contact()
            .map(contact ->
                new ContactView(
                    contact.call().value(), campaign(contact.campaign()), contact.at())),
        one.heard().toMillis() / 1000.0,
        one.wish(),
        one.refused());
  }

  private CampaignView campaign(CampaignId id) {
    return new CampaignView(id.value(), names.of(id));
  }
}
