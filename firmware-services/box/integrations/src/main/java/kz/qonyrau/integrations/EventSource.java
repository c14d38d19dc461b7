package kz.qonyrau.integrations;

import io.vertx.core.Future;
import java.util.List;

/// Rows of somebody else that are only ever added, and of each of which an event is made. Read
/// behind the last one that was told of, so that none is lost and none is told of twice.
public interface EventSource {

  /// What the progress is kept by, up to 40 characters.
  String name();

  /// A row and what it comes to.
  record Row(long position, Event event) {}

  /// The rows behind a position, in their order.
  Future<List<Row>> after(long position, int size);

  /// The position of the newest row; nothing up to it is told when this source is met for the first
  /// time.
  Future<Long> last();
}
