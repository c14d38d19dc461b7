/// The programs of the business: the keys they come in with, what they were answered, by which
/// numbers they know campaigns, and what they are told when something happens (SH-API-01,
/// SH-API-02).
@NullMarked
package kz.qonyrau.integrations;

import org.jspecify.annotations.NullMarked;
