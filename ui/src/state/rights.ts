/// What a role may do. The back end decides; pages only leave out what would be refused.
import { person } from './session.svelte';

/// Whether numbers, texts and money may be seen at a box.
export function seesBusiness(): boolean {
  return person()?.role !== 'TECHNICIAN';
}

/// Whether lists and campaigns may be changed at a box.
export function runsBusiness(): boolean {
  return person()?.role === 'OWNER';
}

/// Whether documents of central may be brought to a box in a file.
export function keepsBox(): boolean {
  return person()?.role === 'OWNER' || person()?.role === 'TECHNICIAN';
}

/// Whether everybody's entries of the audit log may be seen, checked and taken away.
export function auditsAll(): boolean {
  return person()?.role === 'OWNER' || person()?.role === 'AUDITOR';
}

/// Whether boxes may be admitted, licensed and revoked at central.
export function keepsFleet(): boolean {
  return person()?.role === 'FLEET';
}

/// Whether money may be given to boxes at central.
export function handlesMoney(): boolean {
  return person()?.role === 'BILLING';
}
