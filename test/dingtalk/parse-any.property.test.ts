import { AppError } from '@field/kit/errors';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ackText, readFrame } from '../../src/dingtalk/frames.ts';
import { parseEvent } from '../../src/dingtalk/parse-event.ts';
import { formValue } from '../../src/dingtalk/parse-form.ts';
import { parseMessage } from '../../src/dingtalk/parse-message.ts';
import { parseTap } from '../../src/dingtalk/parse-tap.ts';
import { cardCallback, eventFrame, robotMessage } from '../support/frames.ts';

/** The right fields with anything in them, so that more than the first check is reached. */
function spoiled(whole: Record<string, unknown>): fc.Arbitrary<string> {
  const fields = Object.keys(whole);
  return fc
    .dictionary(fc.constantFrom(...fields), fc.oneof(fc.jsonValue(), fc.json()))
    .map((wrong) => JSON.stringify({ ...whole, ...wrong }));
}

const anyText = fc.oneof(fc.string(), fc.json());
const FRAME = { messageId: 'f', at: 1 };

function updateOrMalformed<T>(parse: () => T): T | undefined {
  try {
    return parse();
  } catch (thrown) {
    if (!(thrown instanceof AppError) || thrown.code !== 'frame.malformed') throw thrown;
    return undefined;
  }
}

it('any message is an update with somebody in it, or malformed', () => {
  fc.assert(
    fc.property(fc.oneof(anyText, spoiled({ ...robotMessage(), content: {}, errorCode: 1 })), (data) => {
      const update = updateOrMalformed(() => parseMessage(data, FRAME));
      if (update === undefined) return;
      expect(update.from.userId).not.toBe('');
      expect(update.content.text).not.toBe('');
      expect(Number.isSafeInteger(update.at)).toBe(true);
      for (const { downloadCode } of update.content.pictures) expect(downloadCode).toMatch(/./s);
    }),
    { numRuns: 500 },
  );
});

it('any tap is an update with only text in it, or malformed', () => {
  const anyParams = fc.dictionary(
    fc.constantFrom('action', 'subject', 'version', 'form', 'fields', 'base', 'x', '__proto__'),
    fc.jsonValue(),
  );
  const taps = anyParams.map((params) => JSON.stringify(cardCallback(params)));
  fc.assert(
    fc.property(fc.oneof(anyText, taps, spoiled({ ...cardCallback({}), value: '' })), (data) => {
      const update = updateOrMalformed(() => parseTap(data, FRAME));
      if (update === undefined) return;
      expect(typeof update.params.action).toBe('string');
      for (const value of Object.values(update.params.extra)) expect(typeof value).toBe('string');
      for (const value of Object.values(update.params.base ?? {})) expect(typeof value).toBe('string');
      for (const value of Object.values(update.params.form ?? {})) {
        for (const text of [value].flat()) expect(typeof text).toBe('string');
      }
    }),
    { numRuns: 500 },
  );
});

it('any event is an update, or malformed', () => {
  fc.assert(
    fc.property(anyText, fc.string(), (data, eventBornTime) => {
      const frame = readFrame(JSON.stringify({ ...eventFrame('user_add_org', {}, { eventBornTime }), data }));
      expect(frame).toBeDefined();
      if (frame === undefined) return;
      const update = updateOrMalformed(() => parseEvent(frame, 7));
      expect(update?.type).toBe('user_add_org');
      for (const userId of update?.userIds ?? []) expect(userId).not.toBe('');
    }),
  );
});

it('anything pushed is a frame or none, and an ack is always JSON in JSON', () => {
  fc.assert(
    fc.property(anyText, fc.jsonValue(), (text, data) => {
      const frame = readFrame(text);
      expect(frame === undefined || typeof frame.headers.topic === 'string').toBe(true);
      expect(JSON.parse((JSON.parse(ackText(text, data)) as { data: string }).data)).toEqual(
        JSON.parse(JSON.stringify(data)),
      );
    }),
  );
});

it('a form value is text, several texts, or nothing', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (sent) => {
      for (const value of [formValue(sent) ?? []].flat()) expect(typeof value).toBe('string');
    }),
  );
});
