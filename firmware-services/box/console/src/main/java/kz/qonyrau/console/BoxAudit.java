package kz.qonyrau.console;

import java.util.EnumSet;
import java.util.Set;
import kz.qonyrau.audit.AuditAction;
import kz.qonyrau.audit.AuditArea;
import kz.qonyrau.web.AuditTable;
import kz.qonyrau.web.Person;

/// What the box's audit log tells of, and who sees it (PLT-18).
final class BoxAudit {

  private BoxAudit() {}

  /// The owner sees everything; whoever else only what is his own.
  static Set<AuditArea> seenBy(Person person) {
    return Role.valueOf(person.role()) == Role.OWNER
        ? EnumSet.allOf(AuditArea.class)
        : EnumSet.noneOf(AuditArea.class);
  }

  static AuditTable table() {
    AuditTable table = new AuditTable();
    contacts(table);
    campaigns(table);
    content(table);
    speech(table);
    trunks(table);
    programs(table);
    return table
        .tells(
            "statementFile", AuditAction.STATEMENT_EXPORTED, "", "", "{from} {to} {kind} {format}")
        .tells("reportFile", AuditAction.REPORT_EXPORTED, "", "", "{from} {to} {by} {format}")
        .tells(
            "setWarnings",
            AuditAction.WARNINGS_CHANGED,
            "",
            "",
            "thresholds={thresholdsTiyn} usualDay={usualDay}")
        .tells("dismissNotice", AuditAction.NOTICES_DISMISSED, "notice/{noticeId}")
        .tells("dismissNotices", AuditAction.NOTICES_DISMISSED, "", "", "notices={ids}")
        .tells("setOwnNumber", AuditAction.OWN_NUMBER_CHANGED, "", "", "called")
        .tells("proveOwnNumber", AuditAction.OWN_NUMBER_CHANGED, "", "", "proven")
        .tells("forgetOwnNumber", AuditAction.OWN_NUMBER_CHANGED, "", "", "forgotten")
        .tells("auditFile", AuditAction.AUDIT_EXPORTED)
        .tells("dataFile", AuditAction.CONTACTS_EXPORTED, "", "", "everything")
        .tells("takeDocuments", AuditAction.DOCUMENTS_UPLOADED)
        .tells("confirmRetirement", AuditAction.RETIREMENT_CONFIRMED)
        .changesNothing("unknownWords", "readText", "previewVoice", "tryModel");
  }

  private static void contacts(AuditTable table) {
    String list = "list/{listId}";
    var _ =
        table
            .tells("uploadContacts", AuditAction.CONTACTS_UPLOADED, "", "", "{fileName}")
            .tells("importList", AuditAction.LIST_IMPORTED, "upload/{uploadId}", "", "{name}")
            .tells("renameList", AuditAction.LIST_RENAMED, list, "", "{name}")
            .tells("deleteList", AuditAction.LIST_DELETED, list)
            .tells("attestList", AuditAction.LIST_ATTESTED, list, "{origin}", "channels={channels}")
            .tells("addEvidence", AuditAction.EVIDENCE_ADDED, list, "", "{fileName}")
            .tells("removeEvidence", AuditAction.EVIDENCE_REMOVED, list, "", "file/{fileId}")
            .tells("evidenceFile", AuditAction.EVIDENCE_EXPORTED, list, "", "file/{fileId}")
            .tells("rejectsFile", AuditAction.CONTACTS_EXPORTED, list, "", "rejected")
            .tells(
                "block", AuditAction.NUMBERS_BLOCKED, "list/OWN", "{reason}", "numbers={numbers}")
            .tells(
                "importBlocks",
                AuditAction.NUMBERS_BLOCKED,
                "list/{list}",
                "{reason}",
                "upload/{uploadId}")
            .tells(
                "blockRejectsFile",
                AuditAction.CONTACTS_EXPORTED,
                "upload/{importId}",
                "",
                "rejected")
            .tells("liftBlock", AuditAction.BLOCKS_LIFTED, "list/{list}", "{reason}", "numbers=1")
            .tells("enterComplaint", AuditAction.COMPLAINT_ENTERED, "", "", "{channel}")
            .tells(
                "answerComplaint",
                AuditAction.COMPLAINT_ANSWERED,
                "complaint/{complaintId}",
                "",
                "{file.type}{evidence.fileId}");
  }

  private static void campaigns(AuditTable table) {
    String campaign = "campaign/{campaignId}";
    String template = "template/{templateId}";
    var _ =
        table
            .tells("createCampaign", AuditAction.CAMPAIGN_CREATED, "", "", "{name}")
            .tells("changeCampaign", AuditAction.CAMPAIGN_CHANGED, campaign, "", "{name}")
            .tells("deleteCampaign", AuditAction.CAMPAIGN_DELETED, campaign)
            .tells(
                "keepCampaignTemplate",
                AuditAction.TEMPLATE_KEPT,
                "campaign/{campaignId}",
                "",
                "{name}")
            .tells("renameCampaignTemplate", AuditAction.TEMPLATE_RENAMED, template, "", "{name}")
            .tells("deleteCampaignTemplate", AuditAction.TEMPLATE_DELETED, template)
            .tells("startCampaign", AuditAction.CAMPAIGN_STARTED, campaign)
            .tells("pauseCampaign", AuditAction.CAMPAIGN_PAUSED, campaign)
            .tells("resumeCampaign", AuditAction.CAMPAIGN_RESUMED, campaign)
            .tells("cancelCampaign", AuditAction.CAMPAIGN_CANCELLED, campaign)
            .tells("callToTry", AuditAction.CAMPAIGN_TRIED, campaign)
            .tells("uploadAudio", AuditAction.AUDIO_UPLOADED, "", "", "{name}")
            .tells(
                "setContactRules",
                AuditAction.CONTACT_RULES_CHANGED,
                "",
                "",
                "gap={gapMinutes} day={perDay} week={perWeek} month={perMonth}")
            .tells("putDayOff", AuditAction.CALENDAR_CHANGED, "", "", "{date} {name}")
            .tells("removeDayOff", AuditAction.CALENDAR_CHANGED, "", "", "-{date}")
            .tells("addPublicHolidays", AuditAction.CALENDAR_CHANGED, "", "", "holidays={year}");
  }

  private static void content(AuditTable table) {
    String call = "call/{callId}";
    var _ =
        table
            .plays("recording", AuditAction.RECORDING_PLAYED, call)
            .tells("giveTicket", AuditAction.TICKET_GIVEN, call, "{reason}", "hours={hours}")
            .tells("withdrawTicket", AuditAction.TICKET_WITHDRAWN, call, "", "{ticketId}")
            .tells("hearByTicket", AuditAction.TICKET_USED, "ticket/{ticketId}", "", "recording")
            .tells("readByTicket", AuditAction.TICKET_USED, "ticket/{ticketId}", "", "transcript")
            .tells("orderTranscript", AuditAction.TRANSCRIPT_ORDERED, call)
            .tells("withdrawPromotion", AuditAction.PROMOTION_WITHDRAWN, "promotion/{promotionId}")
            .tells("correctAnsweredBy", AuditAction.ANSWER_CORRECTED, call, "", "{who}");
  }

  private static void trunks(AuditTable table) {
    String trunk = "trunk/{trunkId}";
    var _ =
        table
            .tells("addTrunk", AuditAction.TRUNK_ADDED, "", "", "{name}: {host}:{port}")
            .tells("changeTrunk", AuditAction.TRUNK_CHANGED, trunk, "", "{name}: {host}:{port}")
            .tells("removeTrunk", AuditAction.TRUNK_REMOVED, trunk)
            .tells("diagnoseTrunk", AuditAction.TRUNK_TESTED, trunk);
  }

  private static void programs(AuditTable table) {
    String webhook = "webhook/{webhookId}";
    var _ =
        table
            .tells(
                "makeApiKey", AuditAction.API_KEY_MADE, "", "{statement.origin}", "{name} {scopes}")
            .tells("revokeApiKey", AuditAction.API_KEY_REVOKED, "key/{keyId}")
            .tells("thawApiKey", AuditAction.API_KEY_THAWED, "key/{keyId}")
            .tells("makeWebhook", AuditAction.WEBHOOK_MADE, "", "", "events={events}")
            .tells("removeWebhook", AuditAction.WEBHOOK_REMOVED, webhook)
            .changesNothing("testWebhook", "deliverAgain");
  }

  /// What is told of programs that were written for AutoCall.
  static AuditTable compatible() {
    return new AuditTable()
        .tells("orderAutocall", AuditAction.CAMPAIGN_ORDERED, "", "", "{name} contacts={list_id}");
  }

  private static void speech(AuditTable table) {
    String model = "model/{modelId}";
    var _ =
        table
            .tells("installModel", AuditAction.MODEL_INSTALLED, "model/{name}", "", "{language}")
            .tells("forceModel", AuditAction.MODEL_PUT_IN_FORCE, model)
            .tells("stepBackModel", AuditAction.MODEL_STEPPED_BACK, "", "", "{language}")
            .tells("removeModel", AuditAction.MODEL_REMOVED, model)
            .tells("addOwnWords", AuditAction.OWN_WORDS_ADDED, model, "", "words={words}")
            .tells("pronounceWords", AuditAction.OWN_WORDS_ADDED, model, "", "pronounced={words}")
            .tells("installVoice", AuditAction.VOICE_INSTALLED, "voice/{name}", "", "{timbre}")
            .tells("removeVoice", AuditAction.VOICE_REMOVED, "voice/{voiceId}")
            .tells(
                "cancelInstallation",
                AuditAction.INSTALLATION_CANCELLED,
                "installation/{installationId}")
            .tells(
                "cancelVoiceInstallation",
                AuditAction.INSTALLATION_CANCELLED,
                "installation/{installationId}");
  }
}
