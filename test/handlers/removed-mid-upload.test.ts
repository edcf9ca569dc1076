import { AppError } from '@field/kit/errors';
import mongoose from 'mongoose';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { findDraft, openDraftsOf, type StoredDraft } from '../../models/drafts.ts';
import { findIsoByEmail } from '../../models/isos.ts';
import { findPerson } from '../../models/people.ts';
import { changePlace, movePerson } from '../../src/operator/people.ts';
import { useWorld } from '../support/in-process/use-world.ts';
import { DEMO_ISO } from '../support/in-process/world.ts';
import { pictures } from '../support/pictures.ts';
import type { Person } from '../support/world/person.ts';
import { reach } from '../support/world/reach.ts';

const STORY_ISO = 'story@iso.example';
const TRIED_AGAIN_MS = 60_000;

const world = useWorld();
const doer = () => ({ ids: world().ids, now: () => world().clock.now() });
const removes = (userId: string) => changePlace({ email: DEMO_ISO, userId }, 'remove', doer());

let draftId: string;
/** Nok has sent the photo of a shop's front, and it is on its way. */
async function uploads(supervisorId?: string): Promise<Person> {
  const nok = await world().hires('nok', { supervisorId });
  await reach(nok, 'storefront');
  [draftId = ''] = (await openDraftsOf('nok')).map((stored) => stored.draftId);
  world().platform.refuse('downloadUrl', new AppError('dingtalk.unreachable'));
  await nok.sends(await pictures.storefront(1));
  return nok;
}

async function arrives(): Promise<void> {
  world().platform.allow('downloadUrl');
  await world().advance(TRIED_AGAIN_MS);
}

const begun = async (): Promise<StoredDraft> => {
  const stored = await findDraft(draftId);
  if (stored === undefined) throw new Error('the draft is gone');
  return stored;
};
const photoIds = ({ draft }: StoredDraft) => draft.photos.map(({ photoId }) => photoId);
const rows = (collection: string) => mongoose.connection.collection(collection).find({}).toArray();

beforeEach(async () => {
  await world().hires('sup', { role: 'SUPERVISOR' });
});
afterEach(async () => {
  const isoId = (await findIsoByEmail(DEMO_ISO))?.isoId;
  const [kept, ...more] = await rows('photos');
  expect(more).toEqual([]);
  expect(kept).toMatchObject({ isoId, userId: 'nok', aboutKind: 'draft', aboutId: draftId });
  expect(photoIds(await begun())).toEqual([String(kept?._id)]);
  expect((await rows('pictures')).map(({ state }) => state)).not.toContain('ASIDE');
  const failures = world()
    .log.lines()
    .filter(({ level }) => level === 'error');
  expect(failures).toEqual([]);
});

it('a photo that comes after its sender was removed goes where it was sent, into the hands of the supervisor', async () => {
  const nok = await uploads('sup');
  await removes('nok');
  await arrives();
  expect(await begun()).toMatchObject({ ownerId: 'sup', staffId: 'nok' });
  await nok.says('menu');
  expect(await nok.chat()).not.toContain('Baan Coffee');
});

it('or waits with what nobody has in hand', async () => {
  await uploads();
  await removes('nok');
  await arrives();
  expect(await begun()).toMatchObject({ ownerId: undefined, formerId: 'nok', staffId: 'nok' });
});

it('and never into what the sender works on for another ISO since', async () => {
  const nok = await uploads('sup');
  await movePerson({ email: DEMO_ISO, userId: 'nok', to: STORY_ISO }, doer());
  await world().sweep();
  await reach(nok, 'storefront', { shop: 'Elsewhere' });
  const [other] = await openDraftsOf('nok');
  await arrives();
  expect(other?.draftId).not.toBe(draftId);
  expect(photoIds((await findDraft(other?.draftId ?? '')) ?? (await begun()))).toEqual([]);
  expect((await findPerson('nok'))?.currentWork).toEqual({ kind: 'draft', id: other?.draftId });
});
