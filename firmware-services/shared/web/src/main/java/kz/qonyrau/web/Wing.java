package kz.qonyrau.web;

/// One contract behind a door, with what answers it and what the audit log is told of it.
record Wing(Desk desk, Contract contract, Auditing auditing) {}
