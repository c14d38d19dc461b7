package kz.qonyrau.console;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import kz.qonyrau.integrations.Scope;

/// What a key needs for each operation (SH-API-02). What does not stand here is for people alone:
/// signing in, keys themselves, what gives everything away, and what lifts a subscriber's wish.
final class BoxScopes {

  private static final Map<Scope, List<String>> OWN =
      Map.of(
          Scope.CONTACTS_READ,
          List.of(
              "lists",
              "list",
              "contacts",
              "findContacts",
              "contactCard",
              "rejects",
              "rejectsFile",
              "recipients",
              "blocks"),
          Scope.CONTACTS_WRITE,
          List.of(
              "uploadContacts",
              "previewUpload",
              "importList",
              "renameList",
              "deleteList",
              "attestList",
              "block"),
          Scope.CAMPAIGNS_READ,
          List.of(
              "campaigns",
              "campaignTemplates",
              "campaignTemplate",
              "campaign",
              "estimate",
              "breakdown",
              "rules",
              "campaignLog",
              "audios",
              "audioWav",
              "voices"),
          Scope.CAMPAIGNS_WRITE,
          List.of(
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
              "uploadAudio",
              "readText",
              "unknownWords",
              // Answers TTS_CALLS_ONLY, so that misuse is told apart from a missing scope.
              "previewVoice"),
          Scope.CALLS_READ,
          List.of("calls", "call"),
          Scope.RECORDINGS_READ,
          List.of("recording", "peaks", "orderTranscript"),
          Scope.REPORTS_READ,
          List.of("campaignAnswers", "answering", "report", "reportFile"),
          Scope.BALANCE_READ,
          List.of("balance", "statement", "statementFile", "tariff"),
          Scope.WEBHOOKS,
          List.of(
              "webhooks",
              "makeWebhook",
              "removeWebhook",
              "testWebhook",
              "deliveries",
              "deliverAgain"));

  private static final Map<Scope, List<String>> COMPATIBLE =
      Map.of(
          Scope.CAMPAIGNS_READ,
          List.of("autocalls", "autocall"),
          Scope.CAMPAIGNS_WRITE,
          List.of("orderAutocall"));

  private BoxScopes() {}

  static Map<String, String> own() {
    return byOperation(OWN);
  }

  static Map<String, String> compatible() {
    return byOperation(COMPATIBLE);
  }

  private static Map<String, String> byOperation(Map<Scope, List<String>> operations) {
    Map<String, String> scopes = new HashMap<>();
    operations.forEach((scope, ids) -> ids.forEach(id -> scopes.put(id, scope.words())));
    return scopes;
  }
}
