/// The line to central: enrolment, documents in force, the outbox over MQTT.
@NullMarked
package kz.qonyrau.uplink;

import org.jspecify.annotations.NullMarked;
