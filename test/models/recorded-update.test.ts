import { expect, it } from 'vitest';
import { recordedUpdate } from '../../models/recorded-update.ts';
import type { MessageContent, MessageUpdate } from '../../src/platform/update.ts';

/** As it comes out of the store: nothing that is undefined, no types. */
const stored = (update: object): unknown => JSON.parse(JSON.stringify(update));
const AT = 1_800_000_000_000;

it('a message is read as it was recorded, with everything that one can carry', () => {
  const content: Required<MessageContent> = {
    text: 'the front',
    pictures: [{ downloadCode: 'p1' }, { downloadCode: 'p2' }],
    file: { downloadCode: 'f1', fileName: 'front.jpg' },
    other: 'audio',
    quotaUsedUp: true,
  };
  const from: Required<MessageUpdate['from']> = { userId: 'nok', outside: true, unionId: 'u', nick: 'Nok' };
  const conversation = { kind: 'group', id: 'cid', title: 'Team' } as const;
  const message: MessageUpdate = { kind: 'message', id: 'm1', at: AT, from, conversation, content };
  expect(recordedUpdate(stored(message))).toEqual(message);
});

it.each([
  { type: 'user_add_org' },
  { type: 'member.found', facts: { askedAt: AT, mobile: '+66-812345055' } },
  { type: 'invitation.refused', facts: { association: 'a1', problem: 'badNumber' } },
  { type: 'quickEntry.tapped', facts: { entry: 'results' } },
  { type: 'join.asked', facts: { isoId: 'lotus', name: 'Nok', phone: '081', language: 'th' } },
  { type: 'join.asked', facts: { isoEmail: 'lotus@iso.example', name: 'Nok', phone: '081', language: 'th' } },
])('an event is read with its facts: %j', (said) => {
  const event = { kind: 'event', id: 'e1', at: AT, ...said };
  expect(recordedUpdate(stored(event))).toEqual(event);
});

it('events are read as 0.1.0 recorded them: with people, and times as text', () => {
  const event = { kind: 'event', id: 'e1', at: AT, userIds: ['nok'] };
  expect(recordedUpdate({ ...event, type: 'user_leave_org' })).toMatchObject({ type: 'user_leave_org' });
  const gone = { ...event, type: 'member.gone', facts: { askedAt: String(AT) } };
  expect(recordedUpdate(gone)).toMatchObject({ facts: { askedAt: AT } });
  const overdue = { ...event, type: 'association.overdue', facts: { association: 'a1', version: '3' } };
  expect(recordedUpdate(overdue)).toMatchObject({ facts: { version: '3' } });
});

it.each([
  ['an event of another release', { kind: 'event', id: 'e1', type: 'festival.begun', at: AT }],
  ['an event without its facts', { kind: 'event', id: 'e1', type: 'member.gone', at: AT }],
  ['a time that is none', { kind: 'event', id: 'e1', type: 'member.gone', at: AT, facts: { askedAt: 'soon' } }],
  ['a kind of another release', { kind: 'call', id: 'c1', at: AT }],
  ['nothing', undefined],
])('%s is nothing that this release knows', (_what, update) => {
  expect(recordedUpdate(update)).toBeUndefined();
});
