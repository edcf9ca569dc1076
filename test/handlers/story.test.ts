import { expect, it } from 'vitest';
import { createTellStaff } from '../../handlers/review/tell-results.ts';
import { storyOfItem } from '../../handlers/team/story-of-item.ts';
import { landBatch, moveFile, noteCameAgain, receiveFile } from '../../models/incoming-files.ts';
import { findIsoByEmail } from '../../models/isos.ts';
import { itemsOfAuthor } from '../../models/item-queries.ts';
import { findItem } from '../../models/items.ts';
import { changePerson } from '../../models/people.ts';
import { inTransaction } from '../../models/transaction.ts';
import { REVIEWS } from '../../src/daily/incoming/land-reviews.ts';
import { reviewRow } from '../../src/daily/incoming/review-row.ts';
import { LANGUAGES } from '../../src/domain/languages.ts';
import { timelineOf } from '../../src/operator/why/timeline.ts';
import { codeOf, startFromMenu } from '../support/conversations/promotion.ts';
import { useOneWorld } from '../support/in-process/use-world.ts';
import { DEMO_ISO } from '../support/in-process/world.ts';
import { pictures } from '../support/pictures.ts';
import { DATA_DATE } from '../support/shop-under-review.ts';
import { carriedBy, type Person } from '../support/world/person.ts';

const world = useOneWorld();

/** A row of a review file, as it lands; Nok is told of the day. */
async function landed(itemRef: string, row: Readonly<Record<string, string>>): Promise<void> {
  const isoId = (await findIsoByEmail(DEMO_ISO))?.isoId ?? '';
  const now = world().clock.now();
  const common = { sourceRowKey: `row-${now}`, isoId, itemType: 'SPOT', itemRef, dataDate: DATA_DATE };
  const parsed = reviewRow.parse({ ...common, decidedAt: new Date(now).toISOString(), ...row });
  await receiveFile('h0', 'review_20261123_001.csv', now, 'sftp');
  await inTransaction(async (tx) => {
    const about = { cause: 'review_20261123_001.csv', asOf: '20261123_001', now, lines: [12] };
    await (await REVIEWS.plan([parsed], about, tx)).write(tx);
  });
  const tell = createTellStaff(world().clock, { timeZone: 'Asia/Shanghai', draftsDays: 180 });
  await tell({ userId: 'nok', isoId, dataDate: DATA_DATE as never });
  await world().sweep();
}

interface Storied {
  readonly nok: Person;
  readonly spot: string;
}

let lived: Promise<Storied> | undefined;

/** A spot of Nok that failed, was put right, and failed again: lived through once, for whoever reads it. */
function storied(): Promise<Storied> {
  lived ??= livesThrough();
  return lived;
}

async function livesThrough(): Promise<Storied> {
  const nok = await world().hires('nok');
  await nok.says('menu');
  await startFromMenu(nok, { spots: 1, together: true });
  await nok.taps({ action: 'promotion.submit' });
  const spot = (await itemsOfAuthor('nok', ['PENDING'])).find(({ itemType }) => itemType === 'SPOT')?.itemRef ?? '';
  await landed(spot, { submissionRevision: '1', decision: 'REJECTED', reasonCodes: 'SPOT_PHOTO_BLURRY' });
  await nok.taps('Fix Cashier 1');
  await nok.taps('Modify');
  await nok.sends(await pictures.closeup(codeOf('AA', 0), { seed: 91 }));
  await nok.taps('Resubmit');
  await landed(spot, { submissionRevision: '2', decision: 'REJECTED', reasonCodes: 'SPOT_NOT_FIXED' });
  return { nok, spot };
}

async function opensStory(admin: Person, spot: string): Promise<string> {
  await admin.says('menu');
  for (const action of ['team.open', 'team.failed']) await admin.taps({ action });
  await admin.taps({ action: 'team.failedItem', item: spot });
  await admin.taps({ action: 'team.story', item: spot });
  const pages = [(await admin.card()).text];
  for (;;) {
    const more = (await admin.card()).buttons.find((button) => carriedBy(button).page === String(pages.length + 1));
    if (more === undefined) return pages.join('\n');
    await admin.taps(more.label);
    pages.push((await admin.card()).text);
  }
}

it('an admin reads what happened to a spot: who did what, when, by which file, and whom a card told', async () => {
  const { spot } = await storied();
  const read = await opensStory(world().person('admin1'), spot);
  expect(read).toContain('Photo: ');
  const told = [
    /Promotion begun · Nok/,
    /Code …\w{4} put up · Nok/,
    /Sent · Nok/,
    /✗ Failed · photo [^·]* · review 20261123 001/,
    /Modify begun · Nok/,
    /Sent \(2nd time\) · Nok/,
    /✗ Failed · not stuck on firmly · review 20261123 001 · row 12 · by SFTP/,
    /Card to Nok/,
  ];
  const places = told.map((line) => read.search(line));
  expect([read, places.includes(-1)]).toEqual([read, false]);
  const [begun, up, sent, failed, modified, again, failedAgain] = places;
  expect([begun, failed, modified, failedAgain]).toEqual(
    [begun, failed, modified, failedAgain].toSorted((a = 0, b = 0) => a - b),
  );
  expect([up, sent, again].every((place = 0) => place > (begun ?? 0))).toBe(true);
});

it('deed by deed the same as `npm run why` tells an operator of that spot, at the same moments', async () => {
  const { spot } = await storied();
  const item = await findItem(spot);
  if (item === undefined) throw new Error('no such spot');
  const kinds: Readonly<Record<string, string>> = { photo: 'photo', codeUp: 'code', codeDown: 'code', card: 'message' };
  const onCard = (await storyOfItem(item)).map(({ at, deed }) => [new Date(at).toISOString(), kinds[deed] ?? 'deed']);
  const { happened } = await timelineOf(spot, 'nowhere');
  expect(happened.map(({ says }) => says).join('\n')).toContain(
    'row 12 of review_20261123_001.csv, which came by SFTP)',
  );
  expect(happened.map(({ at, kind }) => [at, kind]).toSorted()).toEqual(onCard.toSorted());
  expect(onCard.filter(([, kind]) => kind === 'deed').length).toBeGreaterThan(5);
});

it('in the language of whoever reads it', async () => {
  const { spot } = await storied();
  const admin = world().person('admin1');
  for (const language of LANGUAGES) {
    await inTransaction((tx) => changePerson('admin1', { language }, tx));
    const read = await opensStory(admin, spot);
    expect(read).not.toMatch(/undefined|history\.|\{/);
    if (language !== 'en') expect(read).not.toMatch(/Promotion begun|Modify begun|put up|by SFTP/);
  }
  await inTransaction((tx) => changePerson('admin1', { language: 'en' }, tx));
});

it('nobody of another ISO reads it, nor staff, nor a supervisor of others', async () => {
  const { nok, spot } = await storied();
  const sup = await world().hires('sup', { role: 'SUPERVISOR' });
  const forge = async (person: Person): Promise<string> => {
    await person.says('menu');
    const { outTrackId } = await person.card();
    const subject = `person:${person.userId}`;
    const params = { action: 'team.story', subject, version: '0', item: spot };
    await world().takesIn(world().tap(outTrackId, { userId: person.userId, actionId: 'team.story', params }));
    return (await person.card()).text;
  };
  for (const person of [world().person('ploy'), nok, sup])
    expect(await forge(person)).not.toMatch(/Promotion begun|Code …|Card to/);
  await inTransaction((tx) => changePerson('nok', { supervisorId: 'sup' }, tx));
  expect(await forge(sup)).toContain('Promotion begun · Nok');
  expect(await forge(world().person('admin1'))).toContain('Promotion begun · Nok');
});

/** All pages of what the card says now. */
async function readsAll(person: Person): Promise<string> {
  const pages = [(await person.card()).text];
  for (;;) {
    const more = (await person.card()).buttons.find((button) => carriedBy(button).page === String(pages.length + 1));
    if (more === undefined) return pages.join('\n');
    await person.taps(more.label);
    pages.push((await person.card()).text);
  }
}

async function asksFor(person: Person, find: string): Promise<void> {
  await person.says('menu');
  await person.taps({ action: 'team.open' });
  await person.taps({ action: 'team.search', list: 'items' });
  await person.fills({ find });
}

it('of a person: who let them in, what they sent by day, which cards went out; of another ISO nothing', async () => {
  await storied();
  const sup = await world().hires('sup', { role: 'SUPERVISOR' });
  await inTransaction((tx) => changePerson('nok', { supervisorId: 'sup' }, tx));
  const admin = world().person('admin1');
  await admin.says('menu');
  for (const action of ['team.open', 'team.people']) await admin.taps({ action });
  await admin.taps({ action: 'team.member', person: 'nok' });
  await admin.taps({ action: 'team.memberMore' });
  await admin.taps('What happened');
  const read = await readsAll(admin);
  for (const line of [/Sent · 1 store, 1 spot/, /Agreed to the policy/, /\d+ cards?/]) expect(read).toMatch(line);
  await admin.taps('Back');
  await admin.sees('Pause');
  await asksFor(sup, 'nok');
  await sup.taps({ action: 'team.personStory' });
  await sup.sees('Agreed to the policy');
  await asksFor(world().person('ploy'), 'nok');
  await world().person('ploy').sees('Nothing with');
});

it('of a daily file: the rows of the own ISO alone, each opens, and that it came again', async () => {
  const { spot } = await storied();
  const name = 'review_20261123_001.csv';
  const isoId = (await findIsoByEmail(DEMO_ISO))?.isoId ?? '';
  const applied = [
    { isoId, outcome: 'applied' },
    { isoId, outcome: 'applied' },
  ] as const;
  const ofIsos = [...applied, { isoId: 'another', outcome: 'unmatched' }] as const;
  await receiveFile('h1', name, world().clock.now(), 'https');
  await moveFile('h1', 'RECEIVED', 'VALIDATED', { rows: 3 });
  await moveFile('h1', 'VALIDATED', 'APPLYING');
  const outcomes = ofIsos.map(({ outcome }) => outcome);
  await inTransaction((tx) => landBatch('h1', { from: 0, outcomes, ofIsos, lines: '' }, tx));
  await moveFile('h1', 'APPLYING', 'APPLIED');
  await noteCameAgain('h1', world().clock.now());
  const admin = world().person('admin1');
  await admin.says('menu');
  for (const action of ['team.open', 'team.more', 'team.cameIn', 'team.files']) await admin.taps({ action });
  await admin.sees('review 20261123 001', '2 new');
  await admin.taps('review 1123 1');
  await admin.sees('2 new', '1 time', 'by HTTPS', '✗ Failed', 'row 12', 'Nok');
  expect((await admin.card()).text).not.toContain('not known here');
  await admin.taps({ action: 'team.story', item: spot });
  await admin.taps('Back');
  await admin.sees('2 new');
  await asksFor(admin, 'review 20261123');
  await admin.sees('1 of them with', '2 new');
  await asksFor(world().person('ploy'), 'review 20261123');
  await world().person('ploy').sees('Nothing with');
});
