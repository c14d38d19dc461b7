package kz.qonyrau.campaigns;

/// Why a campaign calls. Advertising reaches only those who agreed (AC-CON-03).
public enum Category {
  SERVICE,
  TRANSACTIONAL,
  ADVERTISING
}
