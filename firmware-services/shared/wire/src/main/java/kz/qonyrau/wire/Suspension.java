package kz.qonyrau.wire;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/// That something may not be used for a while, although it is licensed (SH-SUS-01). It stands in
/// the license, so it reaches a box that was away when it was decided, and ends only with a license
/// that no longer has it.
///
/// @param scope what may not be used
/// @param ground why, a code such as `SECURITY_EMERGENCY`; a word and not an enum, so that a box
///   whose program is older understands it
/// @param since when it was decided
/// @param note for the box's owner, 1 to 500 characters
public record Suspension(SuspensionScope scope, String ground, Instant since, String note) {

  private static final Pattern GROUND = Pattern.compile("[A-Z][A-Z_]{1,39}");
  private static final int LONGEST_NOTE = 500;

  /// @throws MalformedMessageException if it makes no sense: see the components
  public Suspension {
    since = since.truncatedTo(ChronoUnit.MILLIS);
    if (!GROUND.matcher(ground).matches()) {
      throw new MalformedMessageException("suspension.ground", "is not a code");
    }
    if (note.isBlank() || note.length() > LONGEST_NOTE) {
      throw new MalformedMessageException(
          "suspension.note", "does not have 1 to " + LONGEST_NOTE + " characters");
    }
  }

  static Suspension read(Fields fields) {
    return new Suspension(
        SuspensionScope.read(fields),
        fields.text("ground", GROUND, "a code"),
        fields.instant("since"),
        fields.text("note", LONGEST_NOTE));
  }

  ObjectNode write() {
    ObjectNode node = Json.object();
    scope.write(node);
    node.put("ground", ground);
    node.put("since", since.toString());
    node.put("note", note);
    return node;
  }
}
