/// What is said against customers, and what comes of it: complaints are examined by people, boxes
/// are told whom to leave alone, and what repeats becomes a violation (schema CASES).
@NullMarked
package kz.qonyrau.cases;

import org.jspecify.annotations.NullMarked;
