import type { RenderedForm, RenderedNode } from '@field/dingtalk-sandbox/page-protocol';
import { cardData } from '@field/dingtalk-sandbox/template/card-data';
import { parseTemplate } from '@field/dingtalk-sandbox/template/parse';
import { renderCard } from '@field/dingtalk-sandbox/template/render';
import { describe, expect, it } from 'vitest';
import { formOf } from '../../cards/form.ts';
import { fieldHash } from '../../cards/form-params.ts';
import { imageKey, toCardParams } from '../../cards/params.ts';
import { cardTemplateText } from '../../cards/template.ts';
import { translator } from '../../cards/text.ts';
import type { CardView } from '../../cards/view.ts';
import { parseTap } from '../../src/dingtalk/parse-tap.ts';
import { fieldNamed } from '../../src/platform/field-names.ts';
import { expectOfEveryFace } from './drawn.ts';
import { flowForm } from './examples/promotion.ts';

const template = parseTemplate(cardTemplateText());
const from = { subject: { kind: 'draft', id: 'd1' }, version: 7, round: 0 } as const;

function painted(view: CardView): RenderedNode[] {
  const images = new Map((view.images ?? []).map((image) => [imageKey(image), '@id']));
  const data = cardData(template, toCardParams(view, from, images));
  return renderCard(template, data, (mediaId) => `/media/${mediaId}`);
}

function tapped(params: object): ReturnType<typeof parseTap>['params'] {
  const content = JSON.stringify({ cardPrivateData: { actionIds: ['x'], params } });
  const data = JSON.stringify({ type: 'actionCallback', outTrackId: 't1', userId: 'u1', content });
  return parseTap(data, { messageId: 'm1', at: 1 }).params;
}

/** Values by the names that their fields have on the phone. */
function onPhone(form: RenderedForm | undefined, typed: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const names = new Map((form?.fields ?? []).map(({ name }) => [fieldNamed(name), name]));
  return Object.fromEntries(Object.entries(typed).map(([field, value]) => [names.get(field) ?? field, value]));
}

describe('the template', () => {
  it('draws what the view says and nothing else', () => {
    expectOfEveryFace(({ view }) => {
      const kinds = painted(view).map(({ kind }) => kind);
      const expected = [
        ...(view.title === '' ? [] : ['header']),
        ...(view.tag ? ['tag'] : []),
        ...(view.progress ? ['text', 'progress'] : []),
        ...((view.body ?? []).length > 0 ? ['markdown'] : []),
        ...((view.facts ?? []).length > 0 ? ['markdown'] : []),
        ...(view.images ?? []).map(() => 'image'),
        ...(view.table ? ['table'] : []),
        ...(view.chart ? ['chart'] : []),
        ...(view.form ? ['form'] : []),
        ...(view.form?.mistake ? ['tag'] : []),
        ...(view.actions.length > 0 ? ['buttons'] : []),
        ...(view.note ? ['text'] : []),
      ];
      expect(kinds).toEqual(expected);
    });
  });

  it('draws a table and a chart while there is one', () => {
    const view: CardView = {
      title: 'My results',
      actions: [],
      table: { columns: ['Spot', 'State'], rows: [['Door', '✗ Failed']] },
      chart: { type: 'histogram', points: [{ x: 'Mon', y: 2, series: 'Spots' }] },
    };
    expect(painted(view).map(({ kind }) => kind)).toEqual(['header', 'table', 'chart']);
    expect(painted(view)[1]).toEqual({ kind: 'table', columns: ['Spot', 'State'], rows: [['Door', '✗\u00a0Failed']] });
  });
});

describe('a tap', () => {
  it('of every button says what was tapped, on what, drawn from when', () => {
    expectOfEveryFace(({ view }) => {
      const buttons = painted(view).flatMap((node) => (node.kind === 'buttons' ? node.buttons : []));
      const came = buttons.map(({ params }) => tapped(params));
      expect(came).toEqual(
        view.actions.map(({ action, params }) => ({ action, subject: from.subject, version: 7, extra: params ?? {} })),
      );
    });
  });

  it('of a form brings back which form it was and what each field was drawn with', () => {
    const t = translator('en');
    const model = { ...flowForm('store', 'main'), values: { city: 'Bangkok' }, ref: 'form:store::main' };
    const form = formOf(t, model, 'promotion.answer', 'Save');
    const [drawn] = painted({ title: 'Store', actions: [], form }).flatMap((node) =>
      node.kind === 'form' ? [node.form] : [],
    );
    const typed = onPhone(drawn, {
      city: 'Bangkok',
      nameLocal: 'Baan',
      paysWith: { index: 1, value: 'ALIPAY_ONLY' },
      consent: false,
    });
    const { base = {}, ...came } = tapped({ ...drawn?.params, form: typed });
    expect(came).toEqual({
      action: 'promotion.answer',
      subject: from.subject,
      version: 7,
      form: { city: 'Bangkok', nameLocal: 'Baan', paysWith: 'ALIPAY_ONLY', consent: 'false' },
      round: 0,
      extra: { form: 'form:store::main' },
    });
    const changed = Object.entries(came.form ?? {}).filter(([field, value]) => base[field] !== fieldHash(value));
    expect(changed.map(([field]) => field)).toEqual(['nameLocal', 'paysWith', 'consent']);
  });
});
