/// The HTTP API and live page for business, operator and technician.
@NullMarked
package kz.qonyrau.console;

import org.jspecify.annotations.NullMarked;
