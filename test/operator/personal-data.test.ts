import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import mongoose from 'mongoose';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { addAssociations } from '../../models/associations.ts';
import { forgetEverything } from '../../models/database.ts';
import { meetPerson } from '../../models/people.ts';
import { NAMED_IN, nameErased, OWN_ROWS, removeName, rowsAbout } from '../../models/personal-rows.ts';
import { addSpots, findSpot } from '../../models/spots.ts';
import { findStore, noteVisits } from '../../models/stores.ts';
import { addSubmissions, markHandedOver } from '../../models/submissions.ts';
import { addTestAccount, changeAccount, findTestAccount } from '../../models/test-accounts.ts';
import { inTransaction } from '../../models/transaction.ts';
import { newFolder, servers } from '../../packages/embedded-store/test/stores.ts';
import { createPeopleCount } from '../../src/delivery/people-count.ts';
import { filePhotoStore } from '../../src/media/file-photo-store.ts';
import { ownModels } from '../models/own-models.ts';
import { useModels } from '../models/store.ts';
import { FieldWork } from '../support/growth/field-work.ts';
import { hire } from '../support/shop-under-review.ts';
import { StillClock } from '../support/still-clock.ts';
import { typed } from './typed.ts';

describe.each(servers())('what is kept of somebody, on the $name server', ({ uri }) => {
  useModels(uri);
  beforeEach(forgetEverything);

  /** Nok, who has begun, submitted, appealed and been told, and a colleague who only uses the bot. */
  async function nokAtWork() {
    const { folder, remove } = newFolder();
    onTestFinished(remove);
    const photos = filePhotoStore(folder);
    const work = new FieldWork(photos);
    await hire('nok');
    await hire('lek');
    const asked = { requestId: 'asked', isoId: 'iso', userId: 'nok', name: 'Nok Suda', phone: '+66812344821', at: 1 };
    await inTransaction((tx) => addAssociations([{ ...asked, channel: 'CARD' }], tx));
    await work.begins();
    await work.submits(await work.begins());
    const [shop = ''] = work.shops;
    await markHandedOver([`${shop}#1`, `${shop}-1#1`], 'submissions_20261124_001.jsonl');
    await work.decides(shop, '-1', 'REJECTED');
    await work.appealsAgainst(shop);
    await work.shows({ kind: 'person', id: 'nok' }, 'record');
    const release = { photos, app: 'app' };
    const says = (line: string) => typed(line, { photos: () => release });
    return { folder, photos, shop, says };
  }

  type StoredRow = mongoose.mongo.Document & { readonly _id: string };

  /** Everywhere a text stands as a value in what is stored, sealed or not. */
  async function placesOf(text: string): Promise<string[]> {
    const places: string[] = [];
    const look = (value: unknown, place: string): void => {
      if (value === text || (typeof value === 'string' && value.endsWith(`/${text}`))) places.push(place);
      else if (typeof value === 'object' && value !== null && !(value instanceof Date))
        for (const [name, inner] of Object.entries(value)) look(inner, `${place}.${name}`);
    };
    for (const { collection } of Object.values(mongoose.models))
      for (const row of await mongoose.connection.collection(collection.name).find({}).toArray())
        look(row, collection.name);
    return places;
  }

  it('a person is exported whole, opened, into a folder of its owner only', async () => {
    const { folder, says } = await nokAtWork();
    const to = join(folder, 'export');
    const { exit, out } = await says(`person export nok --to ${to}`);
    expect([exit, out]).toEqual([0, expect.stringContaining('export has data.json and 8 photos.')]);
    expect(out).toContain('submissions_20261124_001.jsonl');
    const data = JSON.parse(readFileSync(join(to, 'data.json'), 'utf8')) as Record<string, Record<string, unknown>[]>;
    expect(data.peoples).toMatchObject([{ _id: 'nok', name: 'nok' }]);
    expect(data.associations).toMatchObject([{ name: 'Nok Suda', phone: '+66812344821' }]);
    expect(data.drafts).toHaveLength(2);
    expect(data.items?.length).toBe(3);
    expect(JSON.stringify(data)).not.toContain('sealed');
    expect(readdirSync(join(to, 'photos'))).toHaveLength(8);
    expect([statSync(to).mode & 0o777, statSync(join(to, 'data.json')).mode & 0o777]).toEqual([0o700, 0o600]);
  });

  it('nothing is erased without --yes, but what would break is said first', async () => {
    const { says } = await nokAtWork();
    const before = await placesOf('nok');
    const { exit, out } = await says('person erase nok');
    expect(exit).toBe(0);
    for (const said of [
      '3 items whose review or fee is open',
      '1 appeals that wait for their answer',
      '1 promotions in the making',
    ])
      expect(out).toContain(said);
    expect(out).toMatch(/Nothing is erased yet\. To do it, add --yes\.$/);
    expect(await placesOf('nok')).toEqual(before);
  });

  it('erased, nothing names the person any more; shops, fees and audit stay, and others lose nothing', async () => {
    const { says, shop, photos } = await nokAtWork();
    const { exit, out } = await says('person erase nok --yes');
    expect([exit, out]).toEqual([0, expect.stringMatching(/^Erased\./)]);
    expect(await placesOf('nok')).toEqual([]);
    const rows = (name: string) => mongoose.connection.collection<StoredRow>(name).find({}).toArray();
    expect((await rows('items')).map(({ staffId }) => staffId)).toEqual([1, 2, 3].map(() => nameErased('nok')));
    expect((await rows('peoples')).map(({ _id }) => _id)).toEqual(['lek']);
    expect(await rows('drafts')).toEqual([]);
    expect((await rows('audit')).map(({ what }) => what).sort()).toEqual(['person.erase', 'promotion.submit']);
    const kept = (await rows('photos')).filter(({ stored }) => stored === true);
    for (const { contentHash } of kept) expect(await photos.has(String(contentHash))).toBe(true);
    // the three of the shop, its licence, and the appeal's
    expect(kept).toHaveLength(5);
    const again = await says('person erase nok --yes');
    expect([again.exit, again.err]).toEqual([1, 'Nothing is kept of nok.']);
    expect((await rows('stores')).map(({ _id }) => _id)).toEqual([shop]);
  });

  it('a test account of whoever is erased comes back, and names nobody', async () => {
    const { says } = await nokAtWork();
    const added = { accountId: 'held', isoId: 'iso', name: 'TH-04', addedBy: 'lek', addedAt: 1 };
    const given = { state: 'GIVEN', holderId: 'nok', givenBy: 'lek', givenAt: 1 } as const;
    await inTransaction(async (tx) => await changeAccount(await addTestAccount(added, tx), given, tx));
    expect((await says('person erase nok')).out).toContain('1 test account in hand');
    await says('person erase nok --yes');
    expect(await findTestAccount('held')).toMatchObject({ state: 'RETURNED', lastHolderId: nameErased('nok') });
    expect(await placesOf('nok')).toEqual([]);
  });

  it('ended in the middle it goes on when it is typed again', async () => {
    const { says } = await nokAtWork();
    const begun = removeName('nok', nameErased('nok'));
    for (let n = 0; n < 4; n += 1) await begun.next();
    await says('person erase nok --yes');
    expect(await placesOf('nok')).toEqual([]);
    for await (const found of rowsAbout('nok')) expect(found).toBeUndefined();
  });

  it('what a bot had counted for a person before they were erased is not kept after it, and what they cause later is', async () => {
    const { says } = await nokAtWork();
    const people = createPeopleCount(new StillClock());
    people.pushed('nok');
    people.pushed('lek');
    await says('person erase nok --yes');
    await people.write();
    expect(await placesOf('nok')).toEqual([]);
    expect(await placesOf('lek')).toContain('personalusage.userId');
    await inTransaction((tx) => meetPerson('nok', 'Nok', tx));
    people.pushed('nok');
    await people.write();
    expect(await placesOf('nok')).toContain('personalusage.userId');
  });

  it('no count of an erased person is left, whenever a bot writes it', async () => {
    const { says } = await nokAtWork();
    const bots = [1, 2, 3].map(() => createPeopleCount(new StillClock()));
    let erasing = true;
    const counting = bots.map(async (people) => {
      while (erasing) {
        people.pushed('nok');
        await people.write();
      }
    });
    await says('person erase nok --yes');
    erasing = false;
    await Promise.all(counting);
    expect(await placesOf('nok')).toEqual([]);
  });

  it('a contact is found however it was written, exported, and erased from shops, lines and drafts', async () => {
    const { folder, shop, says } = await nokAtWork();
    const line = {
      itemType: 'STORE',
      merchant: { contactName: 'Malee', contactPhoneOrEmail: 'm@shop.example' },
      values: { nameLocal: 'Baan' },
    };
    const row = { submissionKey: 'other#1', isoId: 'iso', submittedAt: 1, programme: 1, photoHashes: [], line };
    await inTransaction((tx) => addSubmissions([row], tx));
    // a programme may ask for one at a spot
    const spot = {
      spotId: 'asked',
      promotionId: 'p',
      storeId: shop,
      isoId: 'iso',
      staffId: 'nok',
      product: 'TABLE_CARD',
    };
    const stands = { spotType: 'TABLE', number: 1, quantity: 1, photos: [], deployedAt: 1, revision: 1 };
    const more = { waiter: 'm@shop.example', table: '7' };
    await inTransaction((tx) => addSpots([{ ...spot, ...stands, more }], tx));
    await inTransaction((tx) => noteVisits(shop, [{ latitude: 13.747, longitude: 100.539, accuracyM: 92 }], tx));
    const to = join(folder, 'contact');
    expect((await says(`contact export M@SHOP.example --to ${to}`)).exit).toBe(0);
    expect(readFileSync(join(to, 'data.json'), 'utf8')).toMatch(/m@shop\.example[\s\S]*13\.747/);
    const asked = await says('contact erase m@shop.example');
    expect(asked.out).toContain('other#1 has not been handed over');
    const { exit, out } = await says('contact erase m@shop.example --yes');
    expect([exit, out]).toEqual([0, expect.stringMatching(/^Erased\./)]);
    expect((await says('contact export m@shop.example --to nowhere')).exit).toBe(1);
    expect((await findSpot('asked'))?.more).toEqual({ waiter: '', table: '7' });
    const left: unknown[] = [];
    for await (const found of rowsAbout('nok')) if (found.row._id === shop) left.push(found.row);
    expect(JSON.stringify(left)).toContain(`Shop ${shop}`);
    expect(JSON.stringify(left)).not.toMatch(/m@shop\.example|13\.747/);
    expect((await findStore(shop))?.visits).toBeUndefined();
  });

  it('a contact who is called like a shop and like somebody who works goes alone', async () => {
    await hire('lek');
    const line = { itemType: 'STORE', staffRef: 'lek', merchant: { contactName: 'Lek' }, values: { nameLocal: 'Lek' } };
    const row = { submissionKey: 'of-lek#1', isoId: 'iso', submittedAt: 1, programme: 1, photoHashes: [], line };
    await inTransaction((tx) => addSubmissions([row], tx));
    expect(await typed('contact erase LEK --yes')).toMatchObject({ exit: 0, out: expect.stringMatching(/^Erased\./) });
    const lines: unknown[] = [];
    for await (const found of rowsAbout('lek')) if (found.collection === 'submissions') lines.push(found.row.line);
    expect(lines).toEqual([{ ...line, merchant: { contactName: '' } }]);
  });

  it('a phone is the same however it is written, and a person who wrote to the bot is no contact', async () => {
    await inTransaction((tx) => meetPerson('som', 'Som', tx));
    const asked = {
      isoId: 'iso',
      name: 'Som',
      phone: '+66812344821',
      channel: 'INVITE',
      at: 1,
      approvedBy: 'anong',
    } as const;
    await inTransaction((tx) => addAssociations([{ ...asked, requestId: 'a' }], tx));
    await inTransaction((tx) => addAssociations([{ ...asked, requestId: 'b', isoId: 'other', userId: 'som' }], tx));
    expect((await typed('contact erase "081 234 4821" --yes')).exit).toBe(0);
    const left = await mongoose.connection.collection<{ _id: string }>('associations').find({}).toArray();
    expect(left.map(({ _id }) => _id)).toEqual(['b']);
  });

  it('every column that can name a person is known to go, or to lose the name', async () => {
    const names =
      /^(userId|staffId|ownerId|formerId|viewer|lane|by|assigneeId|namedAssignee|createdBy|boundBy|releasedBy|decidedBy|givenBy)$/;
    const known = (name: string): readonly string[] => [OWN_ROWS[name] ?? '', ...(NAMED_IN[name] ?? [])];
    const forgotten = (await ownModels()).flatMap(({ collection: { name }, schema }) =>
      Object.keys(schema.paths).flatMap((path) => {
        // drafts go whole, with their photos; a lane and an inbox row by their person; a programme is by the operator
        if (!names.test(path) || name === 'drafts' || name === 'programmes' || known(name).includes(path)) return [];
        return [`${name}.${path}`];
      }),
    );
    expect(forgotten).toEqual([]);
  });
});
