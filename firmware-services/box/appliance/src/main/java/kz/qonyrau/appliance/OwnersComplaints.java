package kz.qonyrau.appliance;

import java.time.Instant;
import java.util.Optional;
import kz.qonyrau.complaints.Complaint;
import kz.qonyrau.complaints.ComplaintNews;
import kz.qonyrau.complaints.ComplaintNotices;
import kz.qonyrau.notices.Notices;
import org.jdbi.v3.core.Handle;

/// Has the owner told of complaints by their short names, since a notice shows no number
/// (AC-SPM-04).
record OwnersComplaints(Notices notices) implements ComplaintNotices {

  @Override
  public void tell(Handle handle, ComplaintNews news, Complaint complaint) {
    Optional<Instant> until =
        news == ComplaintNews.EVIDENCE_ASKED ? complaint.evidenceDue() : Optional.empty();
    notices.tell(handle, news.name(), complaint.shortName(), until);
  }

  @Override
  public void told() {
    notices.told();
  }
}
