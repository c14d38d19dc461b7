package kz.qonyrau.console;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import kz.qonyrau.campaigns.KazakhNumbers;
import kz.qonyrau.campaigns.NumberReading;
import kz.qonyrau.campaigns.PromptText;
import kz.qonyrau.web.Problem;
import tools.jackson.databind.JsonNode;

/// A campaign as a program written for AutoCall orders it.
///
/// @param listId an array of contacts, or the id of a list of ours
/// @param audioId an array with one text, or the id of a recording of ours
record AutocallForm(
    Optional<String> name,
    @JsonProperty("list_id") JsonNode listId,
    @JsonProperty("audio_id") JsonNode audioId,
    @JsonProperty("date_from") Optional<String> dateFrom,
    @JsonProperty("time_from") Optional<String> timeFrom) {

  private static final int ERRORS_MAX = 20;
  private static final int KEYS_MAX = 100;
  private static final Pattern THEIR_PLACE = Pattern.compile("\\{\\{\\s*([^{}\\s]{1,60})\\s*}}");
  private static final Pattern KEY = Pattern.compile("\\p{L}[\\p{L}\\p{N}_]{0,29}");

  /// Contacts that came with the order.
  ///
  /// @param keys of all variables, in the order in which they first come
  record Contacts(List<String> keys, List<Contact> contacts) {}

  /// @param number as it was written
  record Contact(String number, Map<String, String> variables) {}

  boolean bringsContacts() {
    return listId.isArray();
  }

  /// The text to be spoken, with places as ours are written; empty for a recording.
  Optional<String> text() {
    if (!audioId.isArray()) {
      return Optional.empty();
    }
    String theirs = audioId.path(0).path("data").path("text").asString();
    return Optional.of(THEIR_PLACE.matcher(theirs).replaceAll("{$1}"));
  }

  /// @throws Problem 422 naming each number and each variable that cannot be used
  Contacts contacts(KazakhNumbers numbers) {
    List<Problem.Field> wrong = new ArrayList<>();
    Set<String> keys = new LinkedHashSet<>();
    List<Contact> contacts = new ArrayList<>();
    for (int place = 0; place < listId.size() && wrong.size() < ERRORS_MAX; place++) {
      JsonNode contact = listId.get(place);
      String at = "list_id." + place;
      String number = contact.path("number").asString();
      if (numbers.read(number) instanceof NumberReading.NoNumber(var code, var detail)) {
        wrong.add(new Problem.Field(at + ".number", code.name(), detail));
      }
      Map<String, String> variables = new LinkedHashMap<>();
      for (Map.Entry<String, JsonNode> variable : contact.path("variables").properties()) {
        if (!KEY.matcher(variable.getKey()).matches()) {
          wrong.add(
              new Problem.Field(
                  at + ".variables",
                  "INVALID_KEY",
                  "A variable's name is a letter and up to 29 more letters, digits or _."));
        } else if (!variable.getValue().isNull()) {
          variables.put(variable.getKey(), variable.getValue().asString());
          keys.add(variable.getKey());
        }
      }
      contacts.add(new Contact(number, variables));
    }
    if (keys.size() > KEYS_MAX) {
      wrong.add(
          new Problem.Field(
              "list_id", "TOO_MANY_VARIABLES", "At most " + KEYS_MAX + " different variables."));
    }
    if (!wrong.isEmpty()) {
      throw Problem.unprocessable(
          "INVALID_CONTACTS",
          "Some contacts cannot be called; correct them or leave them out.",
          wrong);
    }
    return new Contacts(List.copyOf(keys), contacts);
  }

  /// A contact list as a file: the numbers, then the variables.
  static byte[] csv(Contacts contacts) {
    StringBuilder csv = new StringBuilder(contacts.contacts().size() * 24);
    for (Contact contact : contacts.contacts()) {
      csv.append(quoted(contact.number()));
      for (String key : contacts.keys()) {
        csv.append(',').append(quoted(contact.variables().getOrDefault(key, "")));
      }
      csv.append('\n');
    }
    return csv.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8);
  }

  /// Line breaks are no part of what is spoken, and would be two rows.
  private static String quoted(String cell) {
    return '"' + cell.replaceAll("\\R", " ").replace("\"", "\"\"") + '"';
  }

  /// The variables that a text names and no contact brings.
  static Set<String> missing(String text, Contacts contacts) {
    Set<String> missing = new LinkedHashSet<>(PromptText.keys(text));
    contacts.keys().forEach(missing::remove);
    return missing;
  }
}
