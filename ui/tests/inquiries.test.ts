import { describe, expect, it } from 'vitest';
import { emptyDraft, formOf, wrongIn } from '../src/screens/central/inquiries/inquiry-draft';

const NOW = Date.parse('2026-11-24T05:00:00Z');
const draft = (more: Partial<ReturnType<typeof emptyDraft>>) => ({ ...emptyDraft(), number: '8 701 123 45 67', contactAt: '2026-11-24T09:00', ...more });

describe('a request that staff enter (AC-WHO-01)', () => {
  it('needs the number and the time and nothing else', () => {
    expect(wrongIn(draft({}), NOW)).toEqual({});
    expect(Object.keys(wrongIn(emptyDraft(), NOW))).toEqual(['number', 'contactAt']);
    expect(formOf(draft({}))).toEqual({ number: '+77011234567', contactAt: '2026-11-24T04:00:00.000Z', reason: 'CONTACT_MISSING' });
  });

  it('needs what happened and the number that called where somebody complains', () => {
    expect(Object.keys(wrongIn(draft({ reason: 'COMPLAINS' }), NOW))).toEqual(['shownNumber', 'text']);
    expect(formOf(draft({ reason: 'COMPLAINS', shownNumber: '+7 717 269 40 00', text: ' Хватит\t' }))).toMatchObject({ shownNumber: '+77172694000', text: 'Хватит' });
    expect(formOf(draft({ text: 'Хватит' }))).not.toHaveProperty('text');
  });

  it('takes no time to come and no number that is none', () => {
    expect(wrongIn(draft({ contactAt: '2026-11-24T10:01' }), NOW)).toEqual({ contactAt: 'complaint.futureTime' });
    expect(wrongIn(draft({ shownNumber: '123' }), NOW)).toEqual({ shownNumber: 'complaint.badNumber' });
  });
});
