/// What box and central say to each other: envelope, topics, documents, signatures.
@NullMarked
package kz.qonyrau.wire;

import org.jspecify.annotations.NullMarked;
