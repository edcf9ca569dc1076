import { describe, expect, it } from 'vitest';
import { parseTap } from '../../src/dingtalk/parse-tap.ts';
import type { TapUpdate } from '../../src/platform/update.ts';
import { cardCallback } from '../support/frames.ts';

function parsed(callback: Record<string, unknown>): TapUpdate {
  return parseTap(JSON.stringify(callback), { messageId: 'frame-1', at: 1_690_362_102_194 });
}

function params(sent: unknown): TapUpdate['params'] {
  return parsed(cardCallback(sent)).params;
}

it('reads a button', () => {
  const sent = { action: 'promotion.submit', subject: 'draft:01H:x', version: '7', spot: 2, sure: true, junk: {} };
  expect(parsed(cardCallback(sent))).toEqual({
    kind: 'tap',
    id: 'frame-1',
    at: 1_690_362_102_194,
    outTrackId: 'track-1',
    userId: 'staff1',
    params: {
      action: 'promotion.submit',
      subject: { kind: 'draft', id: '01H:x' },
      version: 7,
      extra: { spot: '2', sure: 'true' },
    },
  });
});

it('reads a form in all shapes that its fields send', () => {
  const form = {
    name: 'Cafe',
    floor: 3,
    open: true,
    kind: { index: 1, value: 'food' },
    tags: { index: [0, 2], value: ['a', 'c'] },
    codes: ['x', 1, { index: 0, value: 'y' }],
    nothing: null,
    odd: { index: 0 },
    deep: { index: 0, value: { a: 1 } },
  };
  expect(params({ action: 'a', form, base: { name: 'h1' } })).toEqual({
    action: 'a',
    form: { name: 'Cafe', floor: '3', open: 'true', kind: 'food', tags: ['a', 'c'], codes: ['x', '1', 'y'] },
    base: { name: 'h1' },
    extra: {},
  });
});

it('reads form and base as JSON text too, and the form under its other name', () => {
  const sent = { action: 'a', form: JSON.stringify({ name: 'x' }), base: JSON.stringify({ name: 'h' }) };
  expect(params(sent)).toMatchObject({ form: { name: 'x' }, base: { name: 'h' } });
  expect(params({ action: 'a', fields: { name: 'x' } }).form).toEqual({ name: 'x' });
});

it.each([
  ['value instead of content', { content: undefined, value: '{"cardPrivateData":{"params":{"action":"a"}}}' }],
  ['content that cannot be read', { content: '{', value: '{"cardPrivateData":{"params":{"action":"a"}}}' }],
  ['params beside cardPrivateData', { content: '{"cardPrivateData":{"actionIds":["x"]},"params":{"action":"a"}}' }],
  ['content that is an object already', { content: { cardPrivateData: { params: { action: 'a' } } } }],
  ['no type', { type: undefined, content: '{"cardPrivateData":{"params":{"action":"a"}}}' }],
])('finds the parameters: %s', (_, fields) => {
  expect(parsed(cardCallback({}, fields)).params.action).toBe('a');
});

describe('what is wrong in the parameters is left out', () => {
  it.each([['draft'], [':x'], ['draft:'], ['drafts:x'], ['toString:x'], [7], [null], [{}]])('subject %j', (subject) => {
    expect(params({ action: 'a', subject })).toEqual({ action: 'a', extra: {} });
  });

  it.each(['', ' ', '1.5', '-1', 'x', 1e300, true, []])('version %j', (version) => {
    expect(params({ action: 'a', version })).toEqual({ action: 'a', extra: {} });
  });

  it.each([[[]], ['x'], [3], [null]])('form %j', (form) => {
    expect(params({ action: 'a', form })).toEqual({ action: 'a', extra: {} });
  });
});

it('has an empty action when the card is somebody else’s or cannot be read', () => {
  expect(params({ local_input: 'x' })).toEqual({ action: '', extra: { local_input: 'x' } });
  expect(params([1]).action).toBe('');
  expect(parsed(cardCallback({}, { content: 'broken' })).params).toEqual({ action: '', extra: {} });
});

it('keeps dangerous field names harmless', () => {
  const data = JSON.stringify(cardCallback({})).replace(
    /"content":"(?:[^"\\]|\\.)*"/,
    `"content":${JSON.stringify('{"cardPrivateData":{"params":{"action":"a","form":{"__proto__":"x","constructor":"y"}}}}')}`,
  );
  const tap = parseTap(data, { messageId: 'f', at: 1 });
  expect(Object.keys(tap.params.form ?? {})).toEqual(['__proto__', 'constructor']);
  expect(({} as Record<string, unknown>).x).toBeUndefined();
});

it.each([
  { outTrackId: undefined },
  { outTrackId: '' },
  { userId: undefined },
  { userId: 7 },
  { type: 'dynamicDataCallback' },
])('calls it malformed: %j', (fields) => {
  expect(() => parsed(cardCallback({ action: 'a' }, fields))).toThrow('frame.malformed');
});
