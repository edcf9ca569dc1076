import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readFrame } from '../../src/dingtalk/frames.ts';
import { LONGEST, MOST } from '../../src/dingtalk/lengths.ts';
import { parseEvent } from '../../src/dingtalk/parse-event.ts';
import { parseMessage } from '../../src/dingtalk/parse-message.ts';
import { parseTap } from '../../src/dingtalk/parse-tap.ts';
import { cardCallback, messageOf, robotMessage, textMessage } from '../support/frames.ts';

const LONG = '9'.repeat(60_000);
const MALFORMED = expect.objectContaining({ code: 'frame.malformed' });
const FRAME = { messageId: 'f', at: 1 };

function tapped(sent: unknown) {
  return parseTap(JSON.stringify(cardCallback(sent)), FRAME).params;
}

function said(message: Record<string, unknown>) {
  return parseMessage(JSON.stringify(message), FRAME);
}

describe('what is longer than anything that people and cards send', () => {
  it('is no id and no word of a button', () => {
    expect(tapped({ action: 'team.requests', page: LONG, task: LONG, kept: 'yes', subject: `item:${LONG}` })).toEqual({
      action: 'team.requests',
      extra: { kept: 'yes' },
    });
    expect(tapped({ action: LONG }).action).toBe('');
    expect(tapped({ action: 'a', extra: JSON.stringify({ page: LONG, of: 'failed' }) }).extra).toEqual({
      of: 'failed',
    });
  });

  it('is no header of a frame; what has no id at all is nothing that could be known again', () => {
    const headers = { topic: 'a', messageId: LONG, eventType: LONG, eventId: LONG, time: LONG, connectionId: LONG };
    expect(readFrame(JSON.stringify({ type: 'EVENT', headers, data: '{}' }))?.headers).toEqual({
      topic: 'a',
      messageId: '',
      contentType: 'application/json',
      time: '',
      appId: '',
      connectionId: '',
      eventId: '',
      eventType: '',
      eventBornTime: '',
    });
    expect(readFrame(JSON.stringify({ type: 'EVENT', headers: { topic: LONG }, data: '{}' }))).toBeUndefined();
    const none = { messageId: '', at: 1 };
    const message = JSON.stringify({ ...textMessage('hi'), msgId: LONG });
    expect(() => parseMessage(message, none)).toThrow(MALFORMED);
    expect(() => parseTap(JSON.stringify(cardCallback({ action: 'a' })), none)).toThrow(MALFORMED);
    const event = readFrame(
      JSON.stringify({ type: 'EVENT', headers: { topic: 'a', eventType: 'user_leave_org' }, data: '{}' }),
    );
    expect(() => event && parseEvent(event, 1)).toThrow(MALFORMED);
  });

  it('is no more than so much of a form', () => {
    const form = tapped({ action: 'a', form: { name: LONG, [LONG]: 'x', tags: Array(1_000).fill('t') } }).form;
    expect(Object.keys(form ?? {})).toEqual(['name', 'tags']);
    expect(form?.name).toHaveLength(LONGEST.text);
    expect(form?.tags).toHaveLength(MOST.choices);
  });

  it('is a name that ends, a text that ends, and no code of a picture', () => {
    expect(said(robotMessage({ senderNick: LONG })).from.nick).toHaveLength(LONGEST.name);
    expect(said(textMessage(LONG)).content.text).toHaveLength(LONGEST.text);
    expect(said(messageOf('picture', { downloadCode: LONG })).content).toEqual({ pictures: [], other: 'picture' });
    const parts = Array.from({ length: 1_000 }, (_, index) => ({ downloadCode: `code-${index}`, text: 'x' }));
    expect(said(messageOf('richText', { richText: parts })).content.pictures).toHaveLength(MOST.pictures);
  });

  it('never ends in half a character', () => {
    fc.assert(
      fc.property(fc.nat(3), (before) => {
        const text = said(textMessage(`${'a'.repeat(before)}${'😀'.repeat(LONGEST.text)}`)).content.text ?? '';
        expect(text).not.toMatch(/\p{Cs}/u);
        expect(text.length).toBeGreaterThanOrEqual(LONGEST.text - 1);
      }),
    );
  });
});
