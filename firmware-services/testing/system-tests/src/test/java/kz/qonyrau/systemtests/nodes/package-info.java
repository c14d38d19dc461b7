/// Central as several programs: nodes that share a PostgreSQL database and a broker.
@NullMarked
package kz.qonyrau.systemtests.nodes;

import org.jspecify.annotations.NullMarked;
