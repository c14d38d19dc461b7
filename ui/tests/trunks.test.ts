import { describe, expect, it } from 'vitest';
import type { Trunk } from '../src/api/box/trunks';
import { draftOf, formOf, portFor, wrongNumbers } from '../src/screens/box/trunks/draft';

const TRUNK: Trunk = { id: 't00000001', name: 'Main', host: 'sip.carrier.kz', port: 5060, transport: 'UDP', media: 'PLAIN', user: 'box', codecs: ['ULAW', 'ALAW'], channelLimit: 10, price: '12.5', place: 2, callerNumber: '+77172000000', enabled: true, changes: 3, condition: 'UP', activeCalls: 0, score: 100, quarantines: 0 };

describe('what is typed of a trunk (PLT-14)', () => {
  it('comes back as it was if nothing is typed, and without a password', () => {
    const form = formOf(draftOf(TRUNK, []), TRUNK.changes);
    expect(form).toMatchObject({ name: 'Main', host: 'sip.carrier.kz', user: 'box', price: '12.5', changes: 3 });
    expect(form).not.toHaveProperty('password');
  });

  it('has no login without a user, whatever stands in the field of the password', () => {
    const form = formOf({ ...draftOf(TRUNK, []), user: ' ', password: 'secret' }, undefined);
    expect(form).not.toHaveProperty('user');
    expect(form).not.toHaveProperty('password');
    expect(form).not.toHaveProperty('changes');
  });

  it('may have a comma in the price, as people here write it', () => {
    expect(formOf({ ...draftOf(TRUNK, []), price: ' 1,25 ' }, 0).price).toBe('1.25');
  });

  it('names the numbers that cannot be sent', () => {
    const draft = draftOf(undefined, ['+77172000000']);
    expect(wrongNumbers(draft)).toEqual([]);
    expect(draft.callerNumber).toBe('+77172000000');
    expect(wrongNumbers({ ...draft, port: '0', channelLimit: '1001', place: 'x' })).toEqual(['port', 'channelLimit', 'place']);
    expect(wrongNumbers({ ...draft, port: '65536', channelLimit: '-1', place: '100' })).toEqual(['port', 'channelLimit', 'place']);
  });

  it('says of TLS how speech goes and whom to trust, and forgets both with another transport', () => {
    const secure = draftOf({ ...TRUNK, transport: 'TLS', media: 'SRTP', authority: 'PEM\n' }, []);
    expect(formOf(secure, 0)).toMatchObject({ transport: 'TLS', media: 'SRTP', authority: 'PEM' });
    expect(formOf({ ...secure, srtp: false, authority: ' ' }, 0)).toMatchObject({ media: 'PLAIN' });
    expect(formOf({ ...secure, authority: ' ' }, 0)).not.toHaveProperty('authority');
    const plain = formOf({ ...secure, transport: 'TCP' }, 0);
    expect(plain).not.toHaveProperty('media');
    expect(plain).not.toHaveProperty('authority');
  });

  it('has the usual port of its transport, unless another one is typed', () => {
    expect(portFor('TLS', '5060')).toBe('5061');
    expect(portFor('UDP', '5061')).toBe('5060');
    expect(portFor('TLS', '5080')).toBe('5080');
    expect(portFor('TCP', '5080')).toBe('5080');
  });
});
