package kz.qonyrau.campaigns;

import java.time.Instant;

/// A file that proves how the numbers of a list were collected (AC-CON-02).
///
/// @param id a UUID
/// @param name as people know it, safe to be shown and saved
/// @param sha256 of its content, in hexadecimal
/// @param by the login of who added it
public record ListFile(
    String id, String name, FileKind kind, long bytes, String sha256, Instant addedAt, String by) {}
