/// Sees one call through: hold, dial, prompt, listen, capture, disposition.
@NullMarked
package kz.qonyrau.calls;

import org.jspecify.annotations.NullMarked;
