package kz.qonyrau.office;

import java.nio.file.Path;
import java.util.Optional;

/// Where the pages of central are served.
///
/// @param host the address to listen on
/// @param port 0 to 65535; zero means any free one
/// @param data a directory of the office's own, for the first passwords
/// @param pages the built pages; without them the API is served alone
/// @param firstPasswordMayStay for rehearsals: whoever still has the first password may work
public record OfficeSettings(
    String host, int port, Path data, Optional<Path> pages, boolean firstPasswordMayStay) {}
