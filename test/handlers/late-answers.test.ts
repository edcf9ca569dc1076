import { beforeEach, expect, it } from 'vitest';
import { openDraftsOf } from '../../models/drafts.ts';
import { findTask } from '../../models/inspection-tasks.ts';
import type { TapUpdate } from '../../src/platform/update.ts';
import { codeOf, SHOP } from '../support/conversations/promotion.ts';
import { useWorld } from '../support/in-process/use-world.ts';
import { pictures } from '../support/pictures.ts';
import { type Answer, formAnswers } from '../support/world/form-answers.ts';
import type { Person } from '../support/world/person.ts';
import { reach } from '../support/world/reach.ts';
import { wordsOf } from '../support/world/words-of.ts';
import { lekAtWork } from './landed-task.ts';

const world = useWorld();
let nok: Person;

beforeEach(async () => {
  nok = await world().hires('nok');
});

/** The form that this person sees, sent now with these answers, and pushed when it is received. */
async function formOnItsWay(person: Person, answers: Readonly<Record<string, Answer>>): Promise<TapUpdate> {
  const card = (await person.cards()).findLast(({ forms }) => forms.length > 0);
  const [form] = card?.forms ?? [];
  if (card === undefined || form === undefined) throw new Error(`${person.userId} sees no form`);
  const params = { ...form.params, form: formAnswers(form.fields, answers) };
  const tap = world().tap(card.outTrackId, { userId: person.userId, actionId: form.actionId, params });
  await world().advance(1_000);
  return tap;
}

/** A button that this person sees, tapped now, and pushed when it is received. */
async function tapOnItsWay(person: Person, label: string): Promise<TapUpdate> {
  const card = (await person.cards()).findLast(({ buttons }) => buttons.some((button) => button.label === label));
  const button = card?.buttons.find((one) => one.label === label);
  if (card === undefined || button === undefined) throw new Error(`${person.userId} sees no ${label}`);
  const tap = world().tap(card.outTrackId, { userId: person.userId, ...button });
  await world().advance(1_000);
  return tap;
}

const draftOfNok = async () => {
  const [stored] = await openDraftsOf('nok');
  if (stored === undefined) throw new Error('nok has begun nothing');
  return stored.draft;
};

it('a form that was sent before another one and comes after it does not undo that, and what was typed is kept and said', async () => {
  await reach(nok, 'store');
  const first = await formOnItsWay(nok, { ...SHOP, nameLocal: 'FIRST' });
  await nok.fills({ ...SHOP, nameLocal: 'SECOND' });
  await world().receive(first);
  const draft = await draftOfNok();
  expect(draft.answers.store).toMatchObject({ nameLocal: 'SECOND', city: SHOP.city });
  expect(draft.overtaken).toMatchObject([{ field: 'nameLocal', typed: 'FIRST' }]);
  await nok.sees(
    'Storefront photo',
    'SECOND',
    wordsOf('note.answerLate', { field: 'Name on the sign', typed: 'FIRST' }),
  );
});

it('a late form from another device is merged field by field', async () => {
  await reach(nok, 'storefront');
  await nok.taps('Back');
  const other = await formOnItsWay(nok, { nameLocal: 'Baan Tea', city: 'Chiang Mai' });
  await nok.fills({ nameLocal: 'Baan Coffee 2' });
  await world().receive(other);
  expect((await draftOfNok()).answers.store).toMatchObject({ nameLocal: 'Baan Coffee 2', city: 'Chiang Mai' });
});

it('the same form twice, the first one late, says nothing', async () => {
  await reach(nok, 'store');
  const first = await formOnItsWay(nok, { ...SHOP });
  await nok.fills({ ...SHOP });
  await world().receive(first);
  expect((await draftOfNok()).overtaken).toBeUndefined();
  await nok.doesNotSee('note.answerLate');
});

it('a box that a second tap leaves as it was drawn stays as the first one said, since that tap says no more', async () => {
  await reach(nok, 'spot');
  const first = await formOnItsWay(nok, { fixedSecurely: true, howMany: '1' });
  // on the same phone, which never saw that the first tap was taken, the box was ticked and is not any more; on the other it never was
  const again = await formOnItsWay(nok, { fixedSecurely: false, howMany: '1' });
  const elsewhere = await formOnItsWay(nok, { howMany: '1' });
  expect(again.params).toEqual(elsewhere.params);
  await world().receive(first);
  await world().receive(again);
  expect((await draftOfNok()).spots[0]?.answers).toMatchObject({ fixedSecurely: true });
});

it('a late mistake does not stand over what was saved since', async () => {
  await reach(nok, 'store');
  const first = await formOnItsWay(nok, { ...SHOP, nameLocal: '' });
  await nok.fills({ ...SHOP });
  await world().receive(first);
  const draft = await draftOfNok();
  expect([draft.answers.store?.nameLocal, draft.typed]).toEqual([SHOP.nameLocal, {}]);
});

it('a code typed before another one, and coming after it, is not the code of the spot', async () => {
  await reach(nok, 'photos');
  await nok.taps('Type the code');
  const first = await formOnItsWay(nok, { code: codeOf('AA', 0) });
  await nok.fills({ code: codeOf('BB', 0) });
  await world().receive(first);
  const draft = await draftOfNok();
  expect([draft.spots[0]?.code?.short, draft.overtaken?.length]).toEqual(['HBBA', 1]);
});

it('a code that was written for one spot and comes when another one is asked belongs to none', async () => {
  await reach(nok, 'photos', { spots: 2 });
  await nok.sends(await pictures.counter(1));
  const text = world().message('nok', { text: codeOf('AA', 0) });
  await world().advance(1_000);
  await nok.taps('Skip this spot');
  await nok.fills({ spotType: 'ENTRANCE_DOOR', fixedSecurely: true });
  await world().advance(61_000);
  await world().receive(text);
  expect((await draftOfNok()).spots.map(({ code }) => code)).toEqual([undefined, undefined]);
  await nok.sees(wordsOf('line.keptPlace'));
});

it('the word back, pushed a minute late, does not lead back from what was opened since', async () => {
  await reach(nok, 'storefront');
  const back = world().message('nok', { text: 'back' });
  await world().advance(1_000);
  await nok.sends(await pictures.storefront(3));
  const before = await draftOfNok();
  await world().advance(61_000);
  await world().receive(back);
  expect((await draftOfNok()).opened).toEqual(before.opened);
});

it('what was said of an inspected shop later stays', async () => {
  const { lek, taskId } = await lekAtWork(world());
  const matches = await tapOnItsWay(lek, 'Everything matches');
  await lek.taps('Something differs');
  await lek.fills({ differs: ['NAME'], note: 'Baan Tea now' });
  await world().receive(matches);
  const task = await findTask(taskId);
  expect(task?.inspection.store).toEqual({ differs: ['NAME'], note: 'Baan Tea now' });
  expect(task?.inspection.overtaken).toMatchObject([{ of: 'store' }]);
  await lek.sees(wordsOf('note.saidLater'));
});
