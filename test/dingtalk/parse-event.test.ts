import { expect, it } from 'vitest';
import { readFrame } from '../../src/dingtalk/frames.ts';
import { parseEvent } from '../../src/dingtalk/parse-event.ts';
import { eventFrame, type PushedFrame } from '../support/frames.ts';

function parsed(frame: PushedFrame): ReturnType<typeof parseEvent> {
  const read = readFrame(JSON.stringify(frame));
  if (read === undefined) throw new Error('not a frame');
  return parseEvent(read, 42);
}

it('reads who joined the organisation', () => {
  const frame = eventFrame('user_add_org', { timeStamp: '43', userId: ['u1', 'u2'] }, { eventId: 'e1' });
  expect(parsed(frame)).toEqual({
    kind: 'event',
    id: 'e1',
    type: 'user_add_org',
    at: 1_763_000_000_000,
    userIds: ['u1', 'u2'],
  });
});

it.each([
  [{ userId: 'u1' }, ['u1']],
  [{ userId: ['u1', '', 3, null] }, ['u1']],
  [{ userId: { a: 1 } }, []],
  ['no json', []],
  ['[1]', []],
])('finds the people in %j', (body, userIds) => {
  expect(parsed(eventFrame('user_leave_org', body))?.userIds).toEqual(userIds);
});

it.each(['chat_update_title', 'check_in', 'user_add_orgs', 'member.found', 'toString'])(
  'has no use for %s, which is only acked',
  (type) => {
    expect(parsed(eventFrame(type, { userId: ['u1'] }))).toBeUndefined();
  },
);

it('falls back to the frame’s id and time', () => {
  const event = parsed(eventFrame('user_add_org', {}, { eventId: '', eventBornTime: 'soon', messageId: 'm9' }));
  expect(event).toMatchObject({ id: 'm9', at: 1_763_000_000_005 });
});

it('without a type is malformed', () => {
  expect(() => parsed(eventFrame('', {}))).toThrow('frame.malformed');
});
