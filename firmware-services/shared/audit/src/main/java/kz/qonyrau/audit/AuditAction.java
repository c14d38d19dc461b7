package kz.qonyrau.audit;

/// What can be done that the log tells of (PLT-18). Names are stored and shown by the pages' words
/// for them, so one that was released stays.
public enum AuditAction {
  SIGNED_IN(AuditArea.ACCESS),
  /// A wrong login or password.
  SIGN_IN_REFUSED(AuditArea.ACCESS),
  /// Too many wrong passwords.
  LOGIN_LOCKED(AuditArea.ACCESS),
  SIGNED_OUT(AuditArea.ACCESS),
  PASSWORD_CHANGED(AuditArea.ACCESS),
  /// Somebody was called with a code, proved his own number by it, or had the number forgotten.
  OWN_NUMBER_CHANGED(AuditArea.ACCESS),
  /// Somebody asked for what the role does not include.
  NOT_ALLOWED(AuditArea.ACCESS),
  /// Somebody tried what nobody may do, whatever the role (AC-TTS-03).
  MISUSE_REFUSED(AuditArea.ACCESS),

  CONTACTS_UPLOADED(AuditArea.CONTACTS),
  LIST_IMPORTED(AuditArea.CONTACTS),
  LIST_RENAMED(AuditArea.CONTACTS),
  LIST_DELETED(AuditArea.CONTACTS),
  /// Somebody confirmed where the contacts' consent comes from.
  LIST_ATTESTED(AuditArea.CONTACTS),
  CONTACTS_EXPORTED(AuditArea.CONTACTS),
  /// Somebody put a file beside a list that proves how its numbers were collected.
  EVIDENCE_ADDED(AuditArea.CONTACTS),
  EVIDENCE_REMOVED(AuditArea.CONTACTS),
  /// Somebody took such a file away.
  EVIDENCE_EXPORTED(AuditArea.CONTACTS),

  NUMBERS_BLOCKED(AuditArea.BLOCKS),
  BLOCKS_LIFTED(AuditArea.BLOCKS),
  /// Somebody entered what a subscriber complains of, which blocks the number.
  COMPLAINT_ENTERED(AuditArea.BLOCKS),
  /// Somebody told the provider what the customer has to say to a complaint.
  COMPLAINT_ANSWERED(AuditArea.BLOCKS),
  /// Somebody at central went a step further with a complaint.
  COMPLAINT_EXAMINED(AuditArea.BLOCKS),
  /// Somebody at central entered what a subscriber asked who had called from his own number.
  INQUIRY_ENTERED(AuditArea.BLOCKS),
  /// Somebody at central took a file that came with an answer to a complaint.
  EVIDENCE_TAKEN(AuditArea.BLOCKS),

  CAMPAIGN_CREATED(AuditArea.CAMPAIGNS),
  CAMPAIGN_CHANGED(AuditArea.CAMPAIGNS),
  CAMPAIGN_DELETED(AuditArea.CAMPAIGNS),
  CAMPAIGN_STARTED(AuditArea.CAMPAIGNS),
  CAMPAIGN_PAUSED(AuditArea.CAMPAIGNS),
  CAMPAIGN_RESUMED(AuditArea.CAMPAIGNS),
  CAMPAIGN_CANCELLED(AuditArea.CAMPAIGNS),
  /// Somebody had himself called as a campaign calls its recipients (AC-CMP-08).
  CAMPAIGN_TRIED(AuditArea.CAMPAIGNS),
  TEMPLATE_KEPT(AuditArea.CAMPAIGNS),
  TEMPLATE_RENAMED(AuditArea.CAMPAIGNS),
  TEMPLATE_DELETED(AuditArea.CAMPAIGNS),
  AUDIO_UPLOADED(AuditArea.CAMPAIGNS),
  /// The owner set how often one number is called.
  CONTACT_RULES_CHANGED(AuditArea.CAMPAIGNS),
  /// The owner set on which days campaigns rest.
  CALENDAR_CHANGED(AuditArea.CAMPAIGNS),

  RECORDING_PLAYED(AuditArea.CONTENT),
  /// An owner let technicians hear one recording once (SH-RET-07).
  TICKET_GIVEN(AuditArea.CONTENT),
  TICKET_WITHDRAWN(AuditArea.CONTENT),
  /// A technician heard or read what a ticket was for, or was refused.
  TICKET_USED(AuditArea.CONTENT),
  TRANSCRIPT_ORDERED(AuditArea.CONTENT),
  /// Somebody corrected who had answered a call.
  ANSWER_CORRECTED(AuditArea.CONTENT),
  /// Somebody at central wrote down that a customer consents to the publication of a recording.
  PROMOTION_CONSENTED(AuditArea.CONTENT),
  PROMOTION_PUBLISHED(AuditArea.CONTENT),
  /// Somebody withdrew that consent, at the box or by way of central's people.
  PROMOTION_WITHDRAWN(AuditArea.CONTENT),
  /// Somebody at central wrote down that a publication was taken down.
  PROMOTION_REMOVED(AuditArea.CONTENT),
  /// Data was deleted because its time was over; the line is the proof of it (SH-RET-01).
  DATA_PURGED(AuditArea.CONTENT),

  CREDIT_GRANTED(AuditArea.MONEY),
  STATEMENT_EXPORTED(AuditArea.MONEY),
  REPORT_EXPORTED(AuditArea.MONEY),
  /// The owner set when he is warned that his money runs low.
  WARNINGS_CHANGED(AuditArea.MONEY),
  /// Somebody put aside what he was told.
  NOTICES_DISMISSED(AuditArea.MONEY),
  /// Somebody proposed what needs a second person.
  MEASURE_PROPOSED(AuditArea.MONEY),
  /// The second person approved or rejected it, or the first one took it back.
  MEASURE_DECIDED(AuditArea.MONEY),
  RATING_CASE_CLOSED(AuditArea.MONEY),
  CUSTOMER_REGISTERED(AuditArea.MONEY),
  ACCOUNT_CLOSED(AuditArea.MONEY),
  /// Somebody noted that a customer had connected a source of conversations.
  SOURCE_NOTED(AuditArea.MONEY),
  PLAN_SOLD(AuditArea.MONEY),
  /// Somebody noted that a customer had confirmed a benefit tariff.
  BENEFIT_CONFIRMED(AuditArea.MONEY),
  /// The provider demanded that a customer does something himself (SH-SUS-04).
  DEMAND_MADE(AuditArea.MONEY),
  DEMAND_ENDED(AuditArea.MONEY),
  /// Somebody took a box's statement as it is although it did not agree with our book.
  MISMATCH_ACCEPTED(AuditArea.MONEY),

  CLAIM_ISSUED(AuditArea.FLEET),
  LICENSE_ISSUED(AuditArea.FLEET),
  CERTIFICATE_REVOKED(AuditArea.FLEET),
  LEASE_CHANGED(AuditArea.FLEET),
  /// Numbers came into the provider's pool.
  NUMBERS_ADDED(AuditArea.FLEET),
  /// A number left the provider's pool.
  NUMBER_REMOVED(AuditArea.FLEET),
  NUMBER_ASSIGNED(AuditArea.FLEET),
  NUMBER_RELEASED(AuditArea.FLEET),
  BOX_SUSPENDED(AuditArea.FLEET),
  BOX_RESTORED(AuditArea.FLEET),
  LEGAL_HOLD_CHANGED(AuditArea.FLEET),
  COMMAND_GIVEN(AuditArea.FLEET),

  PROGRAM_STARTED(AuditArea.TECHNICAL),
  /// A box began to carry out an order of central (PLT-13).
  COMMAND_BEGUN(AuditArea.TECHNICAL),
  /// A box did not carry out an order of central: it came too late, or the program does not know
  /// it.
  COMMAND_REFUSED(AuditArea.TECHNICAL),
  /// The owner of a box that central retires said that everything on it may be erased (PLT-22).
  RETIREMENT_CONFIRMED(AuditArea.TECHNICAL),
  /// Somebody carried documents of central to a box as a file.
  DOCUMENTS_UPLOADED(AuditArea.TECHNICAL),
  MODEL_INSTALLED(AuditArea.TECHNICAL),
  MODEL_PUT_IN_FORCE(AuditArea.TECHNICAL),
  MODEL_STEPPED_BACK(AuditArea.TECHNICAL),
  MODEL_REMOVED(AuditArea.TECHNICAL),
  OWN_WORDS_ADDED(AuditArea.TECHNICAL),
  VOICE_INSTALLED(AuditArea.TECHNICAL),
  VOICE_REMOVED(AuditArea.TECHNICAL),
  INSTALLATION_CANCELLED(AuditArea.TECHNICAL),
  TRUNK_ADDED(AuditArea.TECHNICAL),
  TRUNK_CHANGED(AuditArea.TECHNICAL),
  TRUNK_REMOVED(AuditArea.TECHNICAL),
  /// A technician looked at a trunk, perhaps with a test call.
  TRUNK_TESTED(AuditArea.TECHNICAL),

  /// Somebody made a key with which a program acts in his name.
  API_KEY_MADE(AuditArea.ACCESS),
  API_KEY_REVOKED(AuditArea.ACCESS),
  API_KEY_FROZEN(AuditArea.ACCESS),
  API_KEY_THAWED(AuditArea.ACCESS),
  /// Somebody had an address told of what happens.
  WEBHOOK_MADE(AuditArea.ACCESS),
  WEBHOOK_REMOVED(AuditArea.ACCESS),
  /// A program had a campaign made and started at once.
  CAMPAIGN_ORDERED(AuditArea.CAMPAIGNS),

  AUDIT_EXPORTED(AuditArea.ACCESS);

  private final AuditArea area;

  AuditAction(AuditArea area) {
    this.area = area;
  }

  /// What it is about.
  public AuditArea area() {
    return area;
  }
}
