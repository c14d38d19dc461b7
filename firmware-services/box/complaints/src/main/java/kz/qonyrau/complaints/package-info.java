/// Complaints of subscribers who do not want to be reached: entered at this box or told by central,
/// what they block, and what the customer answers to them (AC-SPM-01, AC-SPM-02, AC-SPM-04).
@NullMarked
package kz.qonyrau.complaints;

import org.jspecify.annotations.NullMarked;
