/// Opens the database, migrates it, and owns the one thread that writes; the outbox.
@NullMarked
package kz.qonyrau.store;

import org.jspecify.annotations.NullMarked;
