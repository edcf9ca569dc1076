import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { alertOf } from '../../cards/alert.ts';
import { expectOfEveryFace } from './drawn.ts';

describe('what a locked phone says of a card', () => {
  it('is a few words, and nothing private', () => {
    expectOfEveryFace(({ view }) => {
      const said = alertOf(view);
      expect(said).not.toBe('');
      expect(said.length).toBeLessThanOrEqual(80);
      expect(said).not.toMatch(/\d{6,}|@|https?:|…\d{3}|[*\\]/);
    });
  });

  it('is the title with what matters of it, else the one sentence', () => {
    const actions = [] as const;
    expect(alertOf({ title: 'Join request', alert: 'Nok \\*Suda\\*', actions })).toBe('Join request · Nok Suda');
    expect(alertOf({ title: 'Fix', tag: { text: '✗ Failed', tone: 'danger' }, actions })).toBe('Fix · ✗ Failed');
    expect(alertOf({ title: '', body: ['I cannot read the code on **Door**.'], actions })).toBe(
      'I cannot read the code on Door.',
    );
  });

  it.each([
    '+66 81 234 4821',
    '0812344821',
    '(081) 234-48.21',
    'nok@lotus.example',
    'https://qr.alipayplus.example/m/SHPCDEFGHAAA',
    'code …8841',
  ])('leaves out %s, wherever it stands', (secret) => {
    fc.assert(
      fc.property(fc.constantFrom('title', 'alert'), (place) => {
        const view = { title: 'Shop', alert: 'Baan', actions: [], [place]: `Baan ${secret} Tea` };
        expect(alertOf(view)).toContain('Baan');
        expect(alertOf(view)).not.toMatch(/\d{4}|@|SHPC/);
      }),
    );
  });
});
