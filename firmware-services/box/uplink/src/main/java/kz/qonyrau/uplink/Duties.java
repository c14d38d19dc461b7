package kz.qonyrau.uplink;

import io.vertx.core.Future;
import java.util.function.Supplier;
import kz.qonyrau.wire.Vitals;

/// What the rest of the box does for the line to central.
///
/// @param vitals asked before each heartbeat on the uplink's thread; an answer that takes longer
///   than 5 s or fails costs one heartbeat
/// @param documents acts on documents in force
/// @param purse keeps the money that leases grant
/// @param orders carries out what central orders
public record Duties(
    Supplier<Future<Vitals>> vitals, DocumentListener documents, Purse purse, Orders orders) {}
