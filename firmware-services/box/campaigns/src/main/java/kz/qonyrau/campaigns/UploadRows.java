package kz.qonyrau.campaigns;

import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;

/// The rows of an upload, one after the other, in memory that does not depend on how many there
/// are. Empty ones are left out. Confined to one thread.
interface UploadRows extends Closeable {

  /// The next row; empty at the end of the file.
  Optional<Row> next() throws IOException;

  /// How many lines were looked at, the last one included.
  long linesRead();
}
