package kz.qonyrau.rehearsal;

import java.nio.file.Path;

/// What is taken out of Debian's packages for a rehearsal.
///
/// @param asterisk the directory that `appliance-image/asterisk-bundle/make` made
/// @param voices the one that `appliance-image/voices-bundle/make` made
public record Bundles(Path asterisk, Path voices) {}
