/// The HTTP API and live page for central admins.
@NullMarked
package kz.qonyrau.office;

import org.jspecify.annotations.NullMarked;
