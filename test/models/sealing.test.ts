import { randomBytes } from 'node:crypto';
import { beforeEach, expect, it } from 'vitest';
import { blindIndex, seal, sealJson, unseal, unsealJson, useDataKey } from '../../models/sealing.ts';

const KEY = randomBytes(32);
beforeEach(() => useDataKey(KEY));

it('gives back what was sealed, in any script and of any length', () => {
  for (const text of ['', 'a', '+66 81 999 8841', 'คุณมาลี', '马丽 👩‍🍳', 'x'.repeat(100_000)]) {
    expect(unseal(seal(text))).toBe(text);
  }
  expect(unsealJson(sealJson({ name: 'Malee', spots: [1, 2] }))).toEqual({ name: 'Malee', spots: [1, 2] });
});

it('never seals the same text alike, and shows nothing of it', () => {
  const sealed = Array.from({ length: 50 }, () => seal('+66819998841'));
  expect(new Set(sealed).size).toBe(50);
  for (const one of sealed) expect(Buffer.from(one, 'base64').includes('819998841')).toBe(false);
});

it('refuses what was changed anywhere, cut, or sealed with another key', () => {
  const sealed = Buffer.from(seal('Somchai'), 'base64');
  for (let place = 0; place < sealed.length; place += 1) {
    const changed = Buffer.from(sealed);
    changed[place] = (changed[place] ?? 0) ^ 1;
    expect(() => unseal(changed.toString('base64'))).toThrow('sealed.unreadable');
  }
  expect(() => unseal(sealed.subarray(0, 20).toString('base64'))).toThrow('sealed.unreadable');
  expect(() => unseal('')).toThrow('sealed.unreadable');
  useDataKey(randomBytes(32));
  expect(() => unseal(sealed.toString('base64'))).toThrow('sealed.unreadable');
});

it('finds the same value under the same key only', () => {
  const index = blindIndex('+66819998841');
  expect(blindIndex('+66819998841')).toBe(index);
  expect(blindIndex('+66819998842')).not.toBe(index);
  useDataKey(randomBytes(32));
  expect(blindIndex('+66819998841')).not.toBe(index);
});

it('refuses a key that is not 32 bytes', () => {
  expect(() => useDataKey(randomBytes(31))).toThrow('config.invalid');
});
