import { describe, expect, it } from 'vitest';
import { emptyDraft, formOf, wrongIn, wrongTime } from '../src/screens/central/promotions/promotion-draft';

const NOW = Date.parse('2026-11-24T05:00:00Z');
const CALL = '0b0a4f5e-0a51-4c63-9d0e-2a6a51f6a001';
const draft = (more: Partial<ReturnType<typeof emptyDraft>> = {}) => ({
  ...emptyDraft(), organisationId: CALL, boxId: CALL, callId: ` ${CALL.toUpperCase()} `, chat: ' -1001234567890', message: '42', givenAt: '2026-11-24T09:00', givenBy: ' Айгүл\t', allowed: { SITE: true, SOCIAL: false }, ...more,
});

describe('a consent that staff enter (SH-NOT-11)', () => {
  it('names what is missing', () => {
    expect(Object.keys(wrongIn(emptyDraft(), NOW))).toEqual(['organisationId', 'boxId', 'callId', 'chat', 'message', 'givenAt', 'givenBy', 'allowed']);
  });

  it('is sent as the back end takes it', () => {
    expect(wrongIn(draft(), NOW)).toEqual({});
    expect(formOf(draft())).toEqual({ boxId: CALL, callId: CALL, chat: '-1001234567890', message: 42, givenAt: '2026-11-24T04:00:00.000Z', givenBy: 'Айгүл', allowed: ['SITE'] });
  });

  it('takes no name of a chat, no message that is none, and no time to come', () => {
    for (const chat of ['@nomad', '0', '-', '12345678901234567', '1e5']) expect(wrongIn(draft({ chat }), NOW), chat).toEqual({ chat: 'promotions.badChat' });
    for (const message of ['0', '-1', '2147483648', '1.5', 'x']) expect(wrongIn(draft({ message }), NOW), message).toEqual({ message: 'promotions.badMessage' });
    expect(wrongIn(draft({ givenAt: '2026-11-24T10:01' }), NOW)).toEqual({ givenAt: 'complaint.futureTime' });
    expect(wrongTime('', NOW)).toBe('problem.MISSING');
  });
});
