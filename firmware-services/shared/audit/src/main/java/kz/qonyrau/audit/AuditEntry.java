package kz.qonyrau.audit;

import java.time.Instant;
import java.util.Optional;

/// A line of the log.
///
/// @param line counts from 1
/// @param area the name of an [AuditArea]; a program that was rolled back may find one that it does
///   not know
/// @param action the name of an [AuditAction], likewise
/// @param ending how it ended if it was not done: the code of the refusal, or `FAULT` and the
///   incident's number, after which it is unknown whether it was done
public record AuditEntry(
    long line,
    Instant at,
    Actor actor,
    String area,
    String action,
    String object,
    String reason,
    String detail,
    Optional<String> ending) {}
