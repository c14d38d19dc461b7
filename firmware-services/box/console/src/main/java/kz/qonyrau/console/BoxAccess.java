package kz.qonyrau.console;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import kz.qonyrau.web.AccessTable;

/// Who may do what at a box. An operation that stands in no list is nobody's, and the door does not
/// open.
final class BoxAccess {

  private static final List<String> EVERYBODY = List.of("signIn", "publicTariffs");

  private static final List<String> ANY_ROLE =
      List.of("whoAmI", "signOut", "changePassword", "live", "system", "audit");

  private static final List<String> WHOEVER_SEES_BUSINESS =
      List.of(
          "dashboard",
          "lists",
          "list",
          "contacts",
          "findContacts",
          "contactCard",
          "rejects",
          "evidence",
          "audios",
          "audioWav",
          "campaigns",
          "campaignTemplates",
          "campaignTemplate",
          "campaign",
          "estimate",
          "campaignLog",
          "campaignAnswers",
          "recipients",
          "breakdown",
          "rules",
          "blocks",
          "block",
          "complaints",
          "complaint",
          "enterComplaint",
          "calls",
          "call",
          "correctAnsweredBy",
          "answering",
          "recording",
          "peaks",
          "orderTranscript",
          "balance",
          "statement",
          "report",
          "tariff");

  private static final List<String> OWNER_ALONE =
      List.of(
          "uploadContacts",
          "previewUpload",
          "importList",
          "renameList",
          "deleteList",
          "attestList",
          "addEvidence",
          "evidenceFile",
          "removeEvidence",
          "liftBlock",
          "importBlocks",
          "blockImport",
          "blockRejectsFile",
          "answerComplaint",
          "callBacks",
          "inquiries",
          "promotions",
          "withdrawPromotion",
          "rejectsFile",
          "uploadAudio",
          "voices",
          "readText",
          "previewVoice",
          "unknownWords",
          "createCampaign",
          "changeCampaign",
          "deleteCampaign",
          "keepCampaignTemplate",
          "renameCampaignTemplate",
          "deleteCampaignTemplate",
          "startCampaign",
          "pauseCampaign",
          "resumeCampaign",
          "cancelCampaign",
          "ownNumber",
          "setOwnNumber",
          "proveOwnNumber",
          "forgetOwnNumber",
          "callToTry",
          "trialCall",
          "setContactRules",
          "putDayOff",
          "removeDayOff",
          "addPublicHolidays",
          "statementFile",
          "reportFile",
          "notices",
          "dismissNotice",
          "dismissNotices",
          "warnings",
          "setWarnings",
          "verifyLedger",
          "auditFile",
          "verifyAudit",
          "data",
          "dataFile",
          "legalHolds",
          "tickets",
          "giveTicket",
          "withdrawTicket",
          "confirmRetirement",
          "apiKeys",
          "makeApiKey",
          "revokeApiKey",
          "thawApiKey",
          "apiDescription",
          "webhooks",
          "makeWebhook",
          "removeWebhook",
          "testWebhook",
          "deliveries",
          "deliverAgain");

  private static final List<String> COMPATIBLE = List.of("autocalls", "autocall", "orderAutocall");

  private static final List<String> WHOEVER_RUNS_THE_BOX =
      List.of(
          "speechModels",
          "installModel",
          "cancelInstallation",
          "tryModel",
          "forceModel",
          "stepBackModel",
          "removeModel",
          "ownWords",
          "addOwnWords",
          "pronounceWords",
          "installedVoices",
          "installVoice",
          "cancelVoiceInstallation",
          "removeVoice",
          "takeDocuments",
          "trunks");

  private static final List<String> TECHNICIAN_ALONE =
      List.of(
          "addTrunk",
          "changeTrunk",
          "removeTrunk",
          "diagnoseTrunk",
          "trunkDiagnosis",
          "openTickets",
          "hearByTicket",
          "readByTicket");

  private BoxAccess() {}

  static AccessTable table() {
    Map<String, Set<String>> roles = new HashMap<>();
    ANY_ROLE.forEach(operation -> roles.put(operation, names(List.of(Role.values()))));
    WHOEVER_SEES_BUSINESS.forEach(
        operation -> roles.put(operation, names(List.of(Role.OWNER, Role.OPERATOR))));
    WHOEVER_RUNS_THE_BOX.forEach(
        operation -> roles.put(operation, names(List.of(Role.OWNER, Role.TECHNICIAN))));
    TECHNICIAN_ALONE.forEach(operation -> roles.put(operation, names(List.of(Role.TECHNICIAN))));
    OWNER_ALONE.forEach(operation -> roles.put(operation, names(List.of(Role.OWNER))));
    return new AccessTable(roles, Set.copyOf(EVERYBODY));
  }

  /// What programs written for AutoCall may do; their keys are the owner's.
  static AccessTable compatible() {
    Map<String, Set<String>> roles = new HashMap<>();
    COMPATIBLE.forEach(operation -> roles.put(operation, names(List.of(Role.OWNER))));
    return new AccessTable(roles, Set.of("tariffsForAll"));
  }

  private static Set<String> names(Collection<Role> roles) {
    return roles.stream().map(Role::name).collect(Collectors.toSet());
  }
}
