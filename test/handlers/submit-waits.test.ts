import { AppError } from '@field/kit/errors';
import { expect, it } from 'vitest';
import { openDraftsOf } from '../../models/drafts.ts';
import { findTask } from '../../models/inspection-tasks.ts';
import { useWorld } from '../support/in-process/use-world.ts';
import { pictures } from '../support/pictures.ts';
import { reach } from '../support/world/reach.ts';
import { wordsOf } from '../support/world/words-of.ts';
import { lekAtWork } from './landed-task.ts';

const world = useWorld();

/** Until `allow`, no picture comes from DingTalk: what is sent stays on its way. */
const holdPictures = () => world().platform.refuse('downloadUrl', new AppError('dingtalk.unreachable'));
const TRIED_AGAIN_MS = 60_000;
async function letPicturesCome(): Promise<void> {
  world().platform.allow('downloadUrl');
  await world().advance(TRIED_AGAIN_MS);
}

const frontOf = async (userId: string) =>
  (await openDraftsOf(userId))[0]?.draft.photos.find(
    ({ where }) => where.kind === 'slot' && where.slot.name === 'storefront',
  );

it('Submit waits for a photo that replaces another one, and says which', async () => {
  const nok = await world().hires('nok');
  await reach(nok, 'summary');
  const before = await frontOf('nok');
  await nok.taps('Change…');
  await nok.taps('Storefront photo');
  holdPictures();
  await nok.sends(await pictures.storefront(77));
  await nok.taps('Back');
  await nok.sees('Check and submit', wordsOf('summary.waiting', { photo: 'Front photo' }));
  expect((await nok.card('Check and submit')).buttons.map(({ label }) => label)).not.toContain('Submit');
  await letPicturesCome();
  await nok.sees('Everything is there.');
  expect((await frontOf('nok'))?.photoId).not.toBe(before?.photoId);
  await nok.taps('Submit');
  expect(await openDraftsOf('nok')).toEqual([]);
});

it('Submit on a card that was drawn before the photo came submits nothing', async () => {
  const nok = await world().hires('nok');
  await reach(nok, 'summary');
  const ready = await nok.card('Check and submit');
  await nok.taps('Change…');
  await nok.taps('Cashier 1');
  await nok.fills({ fixedSecurely: false });
  holdPictures();
  const [stored] = await openDraftsOf('nok');
  await world().takesIn(world().message('nok', { pictures: [{ downloadCode: 'late' }] }));
  await nok.taps('Submit', { on: ready });
  expect(await openDraftsOf('nok')).toMatchObject([{ draftId: stored?.draftId }]);
});

it('an inspection waits likewise', async () => {
  const { lek, taskId } = await lekAtWork(world());
  await lek.taps('Cannot inspect');
  await lek.fills({ Why: 'Not found' });
  await lek.sends(await pictures.storefront(1));
  await lek.taps('Change…');
  await lek.taps('Cannot inspect');
  holdPictures();
  await lek.sends(await pictures.storefront(2));
  await lek.fills({ Why: 'Closed down' });
  await lek.sees('Check and submit', wordsOf('inspection.waiting', { part: 'Cannot inspect' }));
  expect((await lek.card('Check and submit')).buttons.map(({ label }) => label)).not.toContain('Submit');
  await letPicturesCome();
  await lek.taps('Submit');
  expect(await findTask(taskId)).toMatchObject({ state: 'SUBMITTED' });
});
