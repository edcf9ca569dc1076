import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ACCOUNT_FIELDS } from '../../cards/account/new.ts';
import { ACTIONS } from '../../cards/actions.ts';
import { JOIN_FIELDS } from '../../cards/association/join.ts';
import { REJECT_FIELDS } from '../../cards/association/request.ts';
import type { FieldModel } from '../../cards/form.ts';
import { ANSWER_FIELDS } from '../../cards/help/answer.ts';
import { QUESTION_FIELDS } from '../../cards/help/ask.ts';
import { GIVE_BACK_FIELDS } from '../../cards/inspection/give-back.ts';
import { TYPE_CODE_FIELDS } from '../../cards/promotion/type-code.ts';
import { APPEAL_FIELDS } from '../../cards/review/appeal.ts';
import { INVITE_FIELDS } from '../../cards/team/invite.ts';
import { LIST_FIELDS } from '../../cards/team/lists.ts';
import { RATE_FROM, rateFields } from '../../cards/team/pay-rate.ts';
import { SEARCH_FIELDS } from '../../cards/team/search.ts';
import { messagesOf } from '../../cards/text.ts';
import { isViewName } from '../../cards/views.ts';
import { fieldsOf } from '../../src/inspection/forms.ts';
import { SHIPPED_INSPECTION } from '../support/shipped-programme.ts';

const KEYS = Object.keys(messagesOf('en'));

/** The only file that puts the key of a text together. */
const VOCABULARY = join('cards', 'vocabulary.ts');

/** The product's own source: a text that only a test names is dead. */
const SOURCES = ['cards', 'handlers', 'src'].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file))
    .map((file) => ({ file: join(folder, file), text: readFileSync(join(folder, file), 'utf8') })),
);

/** Every form outside the programme, which has words of its own, with its fields. */
const FORMS: readonly { readonly form: string; readonly fields: readonly FieldModel[] }[] = [
  ...(['differs', 'problem', 'cannot', 'payment'] as const).map((form) => ({
    form,
    fields: fieldsOf(form, SHIPPED_INSPECTION.rules).map((field) => ({ ...field, options: [] })),
  })),
  { form: 'join', fields: JOIN_FIELDS },
  { form: 'reject', fields: REJECT_FIELDS },
  { form: 'appeal', fields: APPEAL_FIELDS },
  { form: 'invite', fields: INVITE_FIELDS },
  { form: 'takeList', fields: LIST_FIELDS },
  { form: 'payRate', fields: rateFields(RATE_FROM) },
  { form: 'search', fields: Object.values(SEARCH_FIELDS) },
  { form: 'typeCode', fields: TYPE_CODE_FIELDS },
  { form: 'account', fields: ACCOUNT_FIELDS },
  { form: 'giveBack', fields: GIVE_BACK_FIELDS },
  { form: 'question', fields: QUESTION_FIELDS },
  { form: 'answer', fields: ANSWER_FIELDS },
];
const FIELDS = FORMS.flatMap(({ form, fields }) => fields.map((field) => ({ form, ...field })));

/** Every word of the programme that a card can say. */
const WORDS = [
  ...FIELDS.map(({ form, name, label = name }) => `field.${form}.${label}.label`),
  ...FIELDS.flatMap(({ name, options = [] }) => options.map((option) => `option.${name}.${option}`)),
];

describe('the key of every text', () => {
  it('stands in full in the source, or is a word of the vocabulary that can be said', () => {
    const written = new Set(SOURCES.flatMap(({ text }) => text.match(/(?<=')[a-z]\w*(?:\.\w+)+(?=')/gi) ?? []));
    const said = new Set([...WORDS, ...FIELDS.map(({ form, name }) => `field.${form}.${name}.placeholder`)]);
    expect(KEYS.filter((key) => !written.has(key) && !said.has(key))).toEqual([]);
  });

  it('is the name of nothing else that a search would find', () => {
    const actions = new Set<string>(ACTIONS);
    expect(KEYS.filter((key) => actions.has(key) || isViewName(key))).toEqual([]);
  });

  it('is put together from data in the vocabulary alone', () => {
    const families = new Set(KEYS.map((key) => key.slice(0, key.indexOf('.') + 1)));
    const assembled = SOURCES.filter(({ file }) => file !== VOCABULARY).flatMap(({ file, text }) =>
      [...text.matchAll(/`([a-z]\w*\.)[\w.]*\$\{[^`\s]*`/gi)]
        .filter(([, family = '']) => families.has(family))
        .map(([template]) => `${file}: ${template}`),
    );
    expect(assembled).toEqual([]);
  });
});

describe('the vocabulary', () => {
  it('has a text for every word of the programme', () => {
    expect(WORDS.filter((key) => !KEYS.includes(key))).toEqual([]);
  });
});

describe('a sentence', () => {
  it('is written once, but for those that the glossary tells apart', () => {
    const keysOf = new Map<string, string[]>();
    for (const [key, message] of Object.entries(messagesOf('en'))) {
      keysOf.set(message, [...(keysOf.get(message) ?? []), key]);
    }
    const twice = [...keysOf.values()].filter(({ length }) => length > 1);
    const [, section = ''] = readFileSync('cards/locales/GLOSSARY.md', 'utf8').split('## Alike in English');
    const meant = section.split('\n').flatMap((row) => {
      const keys = row.match(/(?<=`)[\w.]+(?=`)/g);
      return keys === null ? [] : [keys.sort().join(' ')];
    });
    expect(twice.map((keys) => keys.sort().join(' ')).sort()).toEqual(meant.sort());
  });
});
