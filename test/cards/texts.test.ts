import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { IntlMessageFormat } from 'intl-messageformat';
import { describe, expect, it } from 'vitest';
import { INVITE_FIELDS } from '../../cards/admin/invite.ts';
import { SEARCH_FIELDS } from '../../cards/admin/search.ts';
import { REJECT_FIELDS } from '../../cards/association/admin-request.ts';
import { JOIN_FIELDS } from '../../cards/association/join-form.ts';
import { daysLeft, shownDate, shownDay, shownNumber, shownTime } from '../../cards/dates.ts';
import { labelKey, optionText } from '../../cards/form.ts';
import { ACCOUNT_FIELDS } from '../../cards/inspection/test-account.ts';
import { TYPE_CODE_FIELDS } from '../../cards/promotion/type-code.ts';
import { APPEAL_FIELDS } from '../../cards/review/appeal.ts';
import { messagesOf, translator } from '../../cards/text.ts';
import { commandWord } from '../../cards/words.ts';
import { APPEAL_MOVES } from '../../src/domain/appeal-state.ts';
import { FEE_STATES } from '../../src/domain/fee.ts';
import { LANGUAGES } from '../../src/domain/languages.ts';
import { statesOf } from '../../src/domain/moves.ts';
import { FLOW_IDS, PRODUCTS } from '../../src/domain/products.ts';
import { REASONS } from '../../src/domain/reason-codes.ts';
import { REVIEW_MOVES } from '../../src/domain/review-state.ts';
import { SPOT_TYPES } from '../../src/domain/spot-label.ts';
import * as codes from '../../src/flow/codes.ts';
import { flowOf } from '../../src/flow/definition.ts';
import { INSPECTION_FIELDS } from '../../src/inspection/forms.ts';

const source = messagesOf('en');

/** The names of what is put into a message. */
function placeholders(message: string): string[] {
  const found = new Set<string>();
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) for (const item of value) visit(item);
    else if (typeof value === 'object' && value !== null) {
      const { type, value: name } = value as { type?: unknown; value?: unknown };
      if (typeof type === 'number' && type > 0 && type < 7 && typeof name === 'string') found.add(name);
      visit(Object.values(value));
    }
  };
  visit(new IntlMessageFormat(message, 'en', undefined, { ignoreTag: true }).getAst());
  return [...found].sort();
}

describe.each(LANGUAGES)('the texts in %s', (language) => {
  const texts = messagesOf(language);

  it('are there for every key, and for no other', () => {
    expect(Object.keys(texts).sort()).toEqual(Object.keys(source).sort());
  });

  it('take the same values as the English ones', () => {
    for (const [key, message] of Object.entries(texts)) {
      expect(placeholders(message), key).toEqual(placeholders(source[key] ?? ''));
    }
  });

  it('keep buttons within 20 characters, and blame nobody', () => {
    for (const [key, message] of Object.entries(texts)) {
      expect(message.trim(), key).not.toBe('');
      if (key.startsWith('button.')) expect(message.replace(/\p{Mn}/gu, '').length, key).toBeLessThanOrEqual(20);
      expect(message, key).not.toMatch(/invalid|error code|illegal/i);
    }
  });

  it('name everything by which the flow and the reviewers speak', () => {
    const t = translator(language);
    const { PROBLEM_CODES, NOTE_CODES, MISSING_CODES, VIOLATION_CLAUSES, DOUBT_CLAUSES, WEAKNESSES } = codes;
    const { notFixed: _, ...doubts } = DOUBT_CLAUSES;
    const reasons = [...MISSING_CODES, ...Object.keys(VIOLATION_CLAUSES), ...Object.keys(doubts)];
    const keys = [
      ...PROBLEM_CODES.map((code) => `problem.${code}`),
      ...NOTE_CODES.map((code) => `note.${code}`),
      ...reasons.map((code) => `reason.${code}`),
      ...PRODUCTS.map((product) => `reason.notFixed.${product}`),
      ...WEAKNESSES.map((code) => `weak.${code}`),
      ...SPOT_TYPES.map((type) => `spot.${type}`),
      ...Object.keys(REASONS).map((code) => `reviewReason.${code}`),
      ...statesOf(REVIEW_MOVES).map((state) => `itemState.${state}`),
      ...FEE_STATES.map((state) => `fee.${state}`),
      ...statesOf(APPEAL_MOVES).map((state) => `appeal.state.${state}`),
    ];
    expect(keys.filter((key) => !t.has(key))).toEqual([]);
  });

  it('label every field of every flow and of the other forms, and every option', () => {
    const t = translator(language);
    const forms = [
      ...FLOW_IDS.flatMap((flow) => flowOf(flow).steps.map(({ id, fields }) => ({ id, fields }))),
      { id: 'join', fields: JOIN_FIELDS },
      { id: 'reject', fields: REJECT_FIELDS },
      { id: 'appeal', fields: APPEAL_FIELDS },
      { id: 'invite', fields: INVITE_FIELDS },
      { id: 'search', fields: Object.values(SEARCH_FIELDS) },
      { id: 'typeCode', fields: TYPE_CODE_FIELDS },
      { id: 'account', fields: ACCOUNT_FIELDS },
      ...Object.entries(INSPECTION_FIELDS).map(([id, fields]) => ({ id, fields })),
    ];
    for (const { id, fields } of forms) {
      for (const field of fields) {
        expect(t.has(labelKey(id, field)), `${id} ${field.name}`).toBe(true);
        const options = 'options' in field ? (field.options ?? []) : [];
        for (const option of options) expect(optionText(t, field.name, option)).not.toMatch(/^option\.|^[A-Z]{2}$/);
      }
    }
  });
});

describe('texts', () => {
  it('exist for every key that a line of the product names', () => {
    const files = ['handlers', 'src/bot', 'src/delivery'].flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .filter((file) => file.endsWith('.ts'))
        .map((file) => join(folder, file)),
    );
    const named = files.flatMap((file) => {
      const found = readFileSync(file, 'utf8').matchAll(/\bkey: '([a-z]+\.[\w.]+)'/gi);
      return [...found].map(([, key]) => `${file}: ${key}`);
    });
    const unknown = named.filter((use) => !Object.hasOwn(source, use.slice(use.indexOf(': ') + 2)));
    expect(unknown).toEqual([]);
  });

  it('fall back to English, message by message, and never to a key', () => {
    const t = translator('th');
    expect(t('button.menu')).toBe('เมนู');
    expect(() => t.named('no.such.key')).toThrow('bug.unexpected');
    expect(t.has('no.such.key')).toBe(false);
  });

  it('know the words for menu, back and help in every language', () => {
    expect(['Menu', ' MENU. ', '菜单', 'เมนู'].map(commandWord)).toEqual(['menu', 'menu', 'menu', 'menu']);
    expect(['back', '返回', 'กลับ', 'Help', '帮助', 'ช่วย'].map(commandWord)).toEqual([
      'back',
      'back',
      'back',
      'help',
      'help',
      'help',
    ]);
    expect(commandWord('the menu please')).toBeUndefined();
  });
});

describe('dates', () => {
  const at = Date.UTC(2026, 10, 23, 17, 30);

  it('are the day of the given zone, short', () => {
    expect(shownDate('en', at, 'Asia/Shanghai')).toBe('Tue 24 Nov');
    expect(shownDate('en', at, 'Europe/Rome')).toBe('Mon 23 Nov');
    expect(shownDate('zh-CN', at, 'Asia/Shanghai')).toBe('11月24日周二');
    expect(shownDate('th', at, 'Asia/Bangkok')).toMatch(/^อ\S* 24 พ\.ย\.$/);
    expect(shownDay('en', at, 'Asia/Bangkok')).toBe('24 Nov');
    expect(shownTime('en', at, 'Asia/Bangkok')).toBe('00:30');
  });

  it('count the days left in full days, rounded up', () => {
    const day = 86_400_000;
    expect([daysLeft(at, at + 2.1 * day), daysLeft(at, at + day), daysLeft(at, at + 1), daysLeft(at, at - 1)]).toEqual([
      3, 1, 1, 0,
    ]);
  });

  it('have numbers written as the language does', () => {
    expect(shownNumber('en', 12345)).toBe('12,345');
  });
});
