package kz.qonyrau.complaints;

import org.jdbi.v3.core.Handle;

/// Tells the owner of complaints.
public interface ComplaintNotices {

  /// Called inside the transaction that makes it true, once for each.
  void tell(Handle handle, ComplaintNews news, Complaint complaint);

  /// Called when that is durable.
  void told();
}
