package kz.qonyrau.complaints;

import java.time.Instant;
import java.util.Optional;

/// What the customer answered to a complaint.
///
/// @param id a UUID that names it here and at central
/// @param by the login of who gave it
/// @param file the name of the file that came with it
/// @param late whether it came after the time for it
public record ComplaintAnswer(
    String id, Instant at, String by, String note, Optional<String> file, boolean late) {}
