import { expect, it } from 'vitest';
import { translator } from '../../cards/text.ts';
import { stepName } from '../../cards/vocabulary.ts';
import { openDraftsOf } from '../../models/drafts.ts';
import { findPerson } from '../../models/people.ts';
import { LANGUAGE_NAMES, LANGUAGES, type Language } from '../../src/domain/languages.ts';
import { fieldNamed } from '../../src/platform/field-names.ts';
import { useWorld } from '../support/in-process/use-world.ts';
import { SHIPPED_WORDS } from '../support/shipped-programme.ts';
import type { Person } from '../support/world/person.ts';
import { reach } from '../support/world/reach.ts';

const world = useWorld();

/** From each language to each other once: between the first and every one after it to and fro, then on to the second. */
function everySwitch(): readonly Language[] {
  return LANGUAGES.flatMap((from, at) => {
    const others = LANGUAGES.slice(at + 1).flatMap((to) => [to, from]);
    return [...(at === 0 ? [] : [from]), ...others];
  });
}

/** Each is left once, and come to once; in full from each to each other. */
const SWITCHES: readonly Language[] = process.env.LONG
  ? everySwitch()
  : [...LANGUAGES.slice(1), ...LANGUAGES.slice(0, 1)];

/** What stands in the fields of the form on the lowest card, by their names. */
async function typedInto(person: Person): Promise<Readonly<Record<string, unknown>>> {
  const [form] = (await person.card()).forms;
  return Object.fromEntries((form?.fields ?? []).map(({ name, value }) => [fieldNamed(name), value]));
}

it('goes from each language to each other', () => {
  const walk = [LANGUAGES[0], ...everySwitch()];
  const pairs = walk.slice(1).map((to, at) => `${walk[at]} ${to}`);
  for (const from of LANGUAGES) for (const to of LANGUAGES) if (from !== to) expect(pairs).toContain(`${from} ${to}`);
});

it('in mid-step from one language to another: the place, what was typed and the photos stay', async () => {
  const nok = await world().hires('nok');
  await reach(nok, 'merchant');
  // a form that came back with a mistake has everything that was typed
  await nok.fills({ contactPhoneOrEmail: '12' });
  const [before] = await openDraftsOf('nok');
  const typed = await typedInto(nok);
  expect(typed).toMatchObject({ contactPhoneOrEmail: '12' });
  expect(before?.draft.photos).toHaveLength(3);
  for (const language of SWITCHES) {
    await nok.says(LANGUAGE_NAMES[language]);
    const t = translator(language, SHIPPED_WORDS);
    const card = await nok.card();
    expect(card.title).toBe(t('job.title', { step: 3, of: 4, place: stepName(t, 'merchant') }));
    expect(await typedInto(nok)).toEqual(typed);
  }
  const [after] = await openDraftsOf('nok');
  expect(after?.draft).toEqual(before?.draft);
  await nok.fills({ contactPhoneOrEmail: '+66 81 999 0001' });
  await nok.taps({ action: 'promotion.submit' });
  expect(await openDraftsOf('nok')).toEqual([]);
});

it('by the card of languages from any to any other: what is in hand is a tap away', async () => {
  const nok = await world().hires('nok');
  await reach(nok, 'photos');
  const [before] = await openDraftsOf('nok');
  for (const language of LANGUAGES) {
    await nok.says('menu');
    await nok.taps({ action: 'language.open' });
    await nok.taps({ action: 'language.choose', language });
    expect((await findPerson('nok'))?.language).toBe(language);
    await nok.taps({ action: 'promotion.resume' });
    const [after] = await openDraftsOf('nok');
    expect(after?.draft).toEqual(before?.draft);
  }
});
