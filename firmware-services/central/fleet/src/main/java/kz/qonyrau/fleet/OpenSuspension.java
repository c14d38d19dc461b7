package kz.qonyrau.fleet;

import java.time.Instant;
import kz.qonyrau.vocabulary.BoxId;
import kz.qonyrau.wire.SuspensionScope;

/// Something that is suspended, and that somebody has to lift when its cause is gone (SH-SUS-02).
///
/// @param organisation the customer's name
/// @param name of the trunk, if it is one; the module, if it is one; else empty
/// @param note what the box's owner reads
/// @param by the admin
public record OpenSuspension(
    BoxId box,
    String organisation,
    String site,
    SuspensionScope scope,
    String name,
    SuspensionGround ground,
    String note,
    Instant since,
    String by) {}
