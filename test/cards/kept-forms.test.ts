import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { toCardParams } from '../../cards/params.ts';
import type { CardForm } from '../../cards/view.ts';
import { fieldNamed } from '../../src/platform/field-names.ts';
import { readSourceTree } from '../architecture/source-tree.ts';
import { type Drawn, drawnIn } from './drawn.ts';

/**
 * DingTalk's client keeps what stands in a card's form under the names of its fields, also when the card shows another form
 * (dingtalk 9.2). Here it keeps every value of every form that the product has, all of them on one card.
 */
interface FormFace extends Drawn {
  readonly form: CardForm;
}

const FORMS: readonly FormFace[] = drawnIn('en').flatMap((drawn) => {
  const { form } = drawn.view;
  return form === undefined ? [] : [{ ...drawn, form }];
});

const namesOf = ({ view }: Drawn, round: number): string[] => {
  const { form = '{}' } = toCardParams(view, { subject: { kind: 'draft', id: 'd1' }, version: 7, round }, new Map());
  return (JSON.parse(form) as { fields: { name: string }[] }).fields.map(({ name }) => name);
};
/** The same question, asked once more because something was wrong, say: what is typed stays. */
const questionOf = ({ form: { action, step, params } }: FormFace): string => JSON.stringify([action, step, params]);

it.each(FORMS.map((face) => [face.label, face] as const))('nothing kept reaches %s', (_, asked) => {
  const kept = new Map<string, string>();
  for (const round of [0, 1]) {
    for (const other of FORMS) {
      if (round === 1 && questionOf(other) === questionOf(asked)) continue;
      for (const name of namesOf(other, round)) kept.set(name, `${other.label}, answered ${round} times`);
    }
  }
  const names = namesOf(asked, 1);
  expect(names.length).toBeGreaterThan(0);
  expect(names.map(fieldNamed)).toEqual(asked.form.fields.map(({ name }) => name));
  expect(names.filter((name) => kept.has(name)).map((name) => kept.get(name))).toEqual([]);
});

it('every form that a card can have is among them', () => {
  const source = readSourceTree()
    .filter(({ path }) => path.startsWith('cards/') && path !== 'cards/form.ts' && !path.startsWith('cards/template/'))
    .map(({ path }) => readFileSync(path, 'utf8'));
  const forms = source.flatMap((text) => [...text.matchAll(/\bform: (?:formOf|\{|inMoney)/g)]);
  const actions = source.flatMap((text) =>
    [...text.matchAll(/formOf\([\s\S]*?'(\w+\.\w+)'|\bform: \{\s+action: '(\w+\.\w+)'/g)].map(
      ([, one, other]) => one ?? other,
    ),
  );
  expect(actions).toHaveLength(forms.length);
  expect(new Set(FORMS.map(({ form }) => form.action))).toEqual(new Set(actions));
});
