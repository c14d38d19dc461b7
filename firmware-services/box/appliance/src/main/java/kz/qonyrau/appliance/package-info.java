/// Main, Assembly and configuration of the box: the only module that sees all of box/.
@NullMarked
package kz.qonyrau.appliance;

import org.jspecify.annotations.NullMarked;
