/// Tickets by which the owner lets technicians hear one recording once.
import { answer } from '../door';
import { box, type OpenTicket, type Ticket, type TicketTranscript } from './door';

/// The newest first.
export function tickets(callId: string): Promise<Ticket[]> {
  return answer(box.GET('/calls/{callId}/tickets', { params: { path: { callId } } }));
}

export function giveTicket(callId: string, reason: string, hours: number): Promise<Ticket> {
  return answer(box.POST('/calls/{callId}/tickets', { params: { path: { callId } }, body: { reason, hours } }));
}

export async function withdrawTicket(callId: string, ticketId: string): Promise<void> {
  await answer(box.DELETE('/calls/{callId}/tickets/{ticketId}', { params: { path: { callId, ticketId } } }));
}

/// For a technician: the tickets by which something can still be heard or read.
export function openTickets(): Promise<OpenTicket[]> {
  return answer(box.GET('/tickets'));
}

/// Uses the ticket up: the sound, to be heard for as long as the page keeps it.
export function hearByTicket(ticketId: string): Promise<Blob> {
  return answer(box.POST('/tickets/{ticketId}/recording', { params: { path: { ticketId } }, parseAs: 'blob' })) as Promise<Blob>;
}

/// Uses the ticket up for the transcript.
export function readByTicket(ticketId: string): Promise<TicketTranscript> {
  return answer(box.POST('/tickets/{ticketId}/transcript', { params: { path: { ticketId } } }));
}
