/// Contact lists, consent, schedules, pacing, attempts.
@NullMarked
package kz.qonyrau.campaigns;

import org.jspecify.annotations.NullMarked;
