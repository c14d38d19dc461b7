/// Main, Assembly, configuration and embedded broker of central: the only module that sees all of
/// central/.
@NullMarked
package kz.qonyrau.licensing;

import org.jspecify.annotations.NullMarked;
