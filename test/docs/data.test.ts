import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { cardRules } from '../../src/daily/retention/cards.ts';
import { draftRule } from '../../src/daily/retention/drafts.ts';
import { fileRules } from '../../src/daily/retention/files.ts';
import { photoRule } from '../../src/daily/retention/photos.ts';
import { recordRules } from '../../src/daily/retention/records.ts';
import { webhookRule } from '../../src/daily/retention/webhooks.ts';
import type { Retention } from '../../src/domain/retention.ts';
import { filePhotoStore } from '../../src/media/file-photo-store.ts';
import { ownModels } from '../models/own-models.ts';
import { SETTINGS } from './settings.ts';

/** The rows of the table below a heading, each its cells. */
function rowsBelow(heading: RegExp): readonly (readonly string[])[] {
  const [, section = ''] = readFileSync('docs/data.md', 'utf8').split(heading);
  const [own = ''] = section.split('\n## ');
  const lines = own.split('\n').filter((line) => line.startsWith('| `'));
  return lines.map((line) =>
    line
      .split('|')
      .map((cell) => cell.trim())
      .slice(1, -1),
  );
}

/** Each collection that the page lists, with its sealed fields. */
const documented = rowsBelow(/\n## 2\. /).map(
  ([name = '', , , sealed = '']) =>
    [name.replaceAll('`', ''), [...sealed.matchAll(/`(\w+)`/g)].map(([, field]) => field)] as const,
);

const KEEP: Retention = {
  recordsMonths: 24,
  photosMonths: 13,
  draftsDays: 180,
  cardsDays: 30,
  filesDays: 90,
  webhooksDays: 30,
};
const release = { photos: filePhotoStore('nowhere'), app: 'app' };
const nowhere = { outgoing: { removeBefore: async () => 0 }, handOver: { whileNobodyWrites: async () => undefined } };
const rules = [
  ...cardRules(KEEP, { machine: () => 0 }),
  draftRule(KEEP, release),
  photoRule(KEEP, release),
  ...recordRules(KEEP, 'Asia/Shanghai'),
  webhookRule(KEEP, { error: () => undefined }),
  ...fileRules(KEEP, { ...nowhere, incoming: 'nowhere', arrived: 'nowhere', timeZone: 'Asia/Shanghai' }),
];

it('the page lists every collection, with every field that is sealed in it', async () => {
  const collections = (await ownModels()).map(({ collection, schema }) => {
    const sealed = Object.keys(schema.paths).filter((field) => field.startsWith('sealed'));
    return [collection.name, sealed] as const;
  });
  expect(documented.toSorted()).toEqual(collections.toSorted());
});

it('says of every collection how long it is kept and why, and of what is removed by which setting', async () => {
  const kept = rowsBelow(/\n## 6\. /);
  const collections = (await ownModels()).map(({ collection }) => collection.name);
  const named = kept.map(([name = '']) => name.replaceAll('`', ''));
  expect(named.filter((name) => /^[a-z]+$/.test(name)).toSorted()).toEqual(collections.toSorted());
  for (const [name, period, why, setting = ''] of kept) {
    expect([name, period === '', why === '']).toEqual([name, false, false]);
    if (setting !== '') expect(SETTINGS).toContain(setting.replaceAll('`', ''));
  }
  // the media id of a photo goes with its bytes
  const removed = new Set([...rules.map(({ of }) => of), 'uploads']);
  const bySetting = kept.filter(([, , , setting]) => setting !== '').map(([name = '']) => name.replaceAll('`', ''));
  expect(new Set(bySetting.map((name) => name.split('/')[0]))).toEqual(removed);
});
