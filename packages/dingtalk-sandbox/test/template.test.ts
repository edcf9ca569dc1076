import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { toCardParams } from '../../../cards/params.ts';
import type { CardView } from '../../../cards/view.ts';
import { cardData } from '../src/template/card-data.ts';
import { parseTemplate } from '../src/template/parse.ts';
import { renderCard } from '../src/template/render.ts';
import { TemplateError } from '../src/template/template.ts';
import { viewOf } from '../src/template/view.ts';
import { exported, fixtureTemplate, node, visibleWhen } from './support/template.ts';

const media = (mediaId: string) => `/media/${mediaId}`;
const fixture = parseTemplate(fixtureTemplate);
const drawn = (params: Record<string, string>) => renderCard(fixture, cardData(fixture, params), media);
const text = (content: string) => ({ type: 'dynamicString', i18n: false, content });

describe('the components', () => {
  test('nothing that has no data is drawn, and what is not known is a labelled box', () => {
    expect(drawn({})).toEqual([{ kind: 'unknown', componentName: 'Countdown' }]);
  });

  test('each shows its data', () => {
    const nodes = drawn({
      title: 'Step 1',
      tag: 'To do',
      step: '{"number":1,"total":4}',
      body: '**Hello**',
      pictures: '[{"url":"@lAL1","alt":"Door"},{"url":"https://x.example/a.jpg","alt":"Sign"}]',
      percent: '130',
      table: '{"meta":[{"alias":"a","aliasName":"Shop"}],"data":[{"a":"Baan"},{"a":{"text":"Nine"}}]}',
      chart: '{"type":"histogram","data":[{"x":"Mon","y":2}]}',
    });
    expect(nodes.slice(0, -1)).toEqual([
      { kind: 'header', title: 'Step 1' },
      { kind: 'tag', text: 'To do', color: 'blue' },
      { kind: 'text', text: 'Step 1 of 4', small: false },
      { kind: 'markdown', markdown: '**Hello**' },
      { kind: 'image', url: '/media/@lAL1', alt: 'Door' },
      { kind: 'image', url: 'https://x.example/a.jpg', alt: 'Sign' },
      { kind: 'progress', percent: 100 },
      { kind: 'table', columns: ['Shop'], rows: [['Baan'], ['Nine']] },
      { kind: 'chart', chart: { type: 'histogram', data: [{ x: 'Mon', y: 2 }] } },
    ]);
  });

  test('a form brings its fields, what stands in them, and its parameters', () => {
    const fields = [
      { name: 'shop', label: 'Name', type: 'TEXT', required: true, requiredMsg: 'Name it', placeholder: 'On the sign' },
      {
        name: 'pay',
        label: 'Pays',
        type: 'SELECT',
        options: [{ value: 'a', text: 'A' }],
        defaultValue: { index: 0, value: 'a' },
      },
      { name: 'secret', type: 'TEXT', hidden: true, defaultValue: 'asdf' },
      { name: 'fixed', label: 'Fixed', type: 'TEXT', readOnly: true, defaultValue: 'as it is' },
    ];
    const params = { form: JSON.stringify({ fields }), form_button: 'Save', action: 'store.save' };
    const [form] = viewOf(drawn(params)).forms;
    expect(form).toEqual({
      actionId: 'form',
      params: { action: 'store.save' },
      submitLabel: 'Save',
      disabled: false,
      fields: [
        {
          name: 'shop',
          label: 'Name',
          type: 'TEXT',
          required: true,
          requiredMsg: 'Name it',
          placeholder: 'On the sign',
        },
        {
          name: 'pay',
          label: 'Pays',
          type: 'SELECT',
          required: false,
          options: [{ value: 'a', text: 'A' }],
          value: { index: 0, value: 'a' },
        },
        { name: 'secret', label: '', type: 'TEXT', required: false, value: 'asdf', hidden: true },
        { name: 'fixed', label: 'Fixed', type: 'TEXT', required: false, value: 'as it is', readOnly: true },
      ],
    });
    expect(viewOf(drawn({ ...params, form_status: 'disabled' })).forms[0]?.disabled).toBe(true);
    expect(drawn({ ...params, form: 'broken{' })).toContainEqual({
      kind: 'unknown',
      componentName: 'Form',
      problem: 'its variable is not JSON',
    });
  });

  test('buttons of a loop stand together and carry their own event', () => {
    const request = { type: 'sendCardRequest', params: { actionId: 'a', params: { action: 'x', n: '1' } } };
    const buttons = [
      { text: 'Go', color: 'blue', action: request },
      {
        text: 'Read',
        color: 'gray',
        action: { type: 'openLink', params: { url: { pc: 'https://x.example/', ios: 'y' } } },
      },
      { text: 'Bad', color: 'pink', action: { type: 'openLink', params: { url: 'javascript:alert(1)' } } },
    ];
    expect(viewOf(drawn({ buttons: JSON.stringify(buttons) })).buttons).toEqual([
      { label: 'Go', disabled: false, color: 'blue', actionId: 'a', params: { action: 'x', n: '1' } },
      { label: 'Read', disabled: false, color: 'gray', actionId: '', params: {}, url: 'https://x.example/' },
      { label: 'Bad', disabled: false, actionId: '', params: {} },
    ]);
    expect(viewOf(drawn({ buttons: '{}' })).buttons).toEqual([]);
  });
});

describe('visibility', () => {
  const shownWith = (visible: unknown, params: Record<string, string>, more: object = {}): boolean => {
    const part = { ...node('BaseText', { text: text('here'), visible }), ...more };
    const template = parseTemplate(exported(node('Card', {}, [part]), [{ name: 'n', type: 'number' }]));
    return renderCard(template, cardData(template, params), media).length > 0;
  };

  test.each([
    ['equal', 'a', { v: 'a' }, true],
    ['equal', 'a', { v: 'b' }, false],
    ['notEqual', 'a', {}, true],
    ['isTrue', '', { v: 'true' }, true],
    ['isTrue', '', {}, false],
    ['isFalse', '', {}, true],
    ['isEmpty', '', { v: '' }, true],
    ['isNotEmpty', '', { v: 'x' }, true],
    ['isNotEmpty', '', {}, false],
    ['isMarkdownNotEmpty', '', {}, false],
    ['lt', '5', { v: '4' }, true],
    ['ge', '5', { v: '4' }, false],
    ['lengthNotEqual', '2', { v: 'abc' }, true],
    ['neverSeen', '', {}, true],
  ])('%s %s with %o is %s', (op, value, params, expected) => {
    expect(shownWith(visibleWhen(op, 'v', value), params as Record<string, string>)).toBe(expected);
  });

  test('or, nested conditions, a fixed false, and what its author hid', () => {
    const is = (value: string) => ({ type: 'variable', variable: 'v', op: 'equal', value, valueType: 'fixed' });
    const either = { op: 'or', conditions: [is('a'), { op: 'and', conditions: [is('b')] }] };
    const visible = { type: 'dynamicVisible', value: true, valueType: 'condition', condition: either };
    expect(['a', 'b', 'c'].map((v) => shownWith(visible, { v }))).toEqual([true, true, false]);
    expect(shownWith({ type: 'dynamicVisible', value: false, valueType: 'fixed' }, {})).toBe(false);
    expect(shownWith(undefined, {}, { hidden: true })).toBe(false);
    expect(shownWith(undefined, {}, { condition: false })).toBe(false);
    expect(shownWith(undefined, {})).toBe(true);
  });
});

test('sys_full_json_obj is opened and merged', () => {
  expect(cardData(fixture, { title: 'a', sys_full_json_obj: '{"step":{"number":2}}' })).toEqual({
    title: 'a',
    step: { number: 2 },
  });
});

test('what is no template says why', () => {
  for (const source of [
    '',
    '[]',
    '{"editorData":"{}"}',
    '{"editorData":"{","widgetInfo":"","type":"im","mode":"card"}',
  ]) {
    expect(() => parseTemplate(source)).toThrow(TemplateError);
  }
});

test("the product's own template draws a whole view and nothing it does not know", () => {
  const template = parseTemplate(readFileSync(new URL('../../../cards/template.json', import.meta.url), 'utf8'));
  const view: CardView = {
    title: 'Step 1 of 4 · Store',
    tag: { text: '! To do', tone: 'warning' },
    progress: { text: 'Step 1 of 4', percent: 25 },
    body: ['Fill this in.'],
    facts: [{ label: 'Shop', value: 'Baan' }],
    images: [{ kind: 'example', name: 'storefront', alt: 'A good one' }],
    table: { columns: ['Shop', 'Spots'], rows: [['Baan', '3']] },
    form: {
      action: 'promotion.answer',
      step: 'store',
      params: { draft: 'd1' },
      submitLabel: 'Save',
      fields: [{ name: 'name', label: 'Name', type: 'TEXT', required: true, value: 'Baan' }],
    },
    actions: [
      { label: 'Next', action: 'promotion.next', params: { at: '1' }, style: 'primary' },
      { label: 'Menu', action: 'menu.open', style: 'plain' },
    ],
    note: 'Everything is kept.',
  };
  const images = new Map([['example:storefront', '@lALx']]);
  const params = toCardParams(view, { subject: { kind: 'draft', id: 'd1' }, version: 3, round: 0 }, images);
  const nodes = renderCard(template, cardData(template, params), media);
  expect(nodes.filter(({ kind }) => kind === 'unknown')).toEqual([]);
  const seen = viewOf(nodes);
  expect(seen.title).toBe(view.title);
  expect(seen.texts.join('\n')).toContain('Fill this in.');
  expect(seen.texts).toContain('Everything is kept.');
  expect(seen.images).toEqual(['/media/@lALx']);
  expect(nodes).toContainEqual({ kind: 'table', columns: ['Shop', 'Spots'], rows: [['Baan', '3']] });
  expect(nodes).toContainEqual({ kind: 'progress', percent: 25 });
  expect(seen.forms[0]).toMatchObject({
    actionId: 'form',
    submitLabel: 'Save',
    params: { action: 'promotion.answer', subject: 'draft:d1', version: '3', extra: { draft: 'd1', round: '0' } },
    fields: [{ name: expect.stringMatching(/^name_[0-9a-f]{8}_0$/), value: 'Baan' }],
  });
  expect(seen.buttons).toMatchObject([
    {
      label: 'Next',
      color: 'blue',
      params: { action: 'promotion.next', subject: 'draft:d1', version: '3', extra: '{"at":"1"}' },
    },
    { label: 'Menu', color: 'gray' },
  ]);
});
