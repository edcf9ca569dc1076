import { expect, it, onTestFinished } from 'vitest';
import { newFolder } from '../../packages/embedded-store/test/stores.ts';
import { photoRule } from '../../src/daily/retention/photos.ts';
import { filePhotoStore } from '../../src/media/file-photo-store.ts';
import { useModels } from '../models/store.ts';
import { FieldWork } from '../support/growth/field-work.ts';
import { hearCommands } from '../support/hear-commands.ts';

const MONTH_MS = 31 * 24 * 3_600_000;
const keep = { recordsMonths: 2, photosMonths: 1, draftsDays: 60, cardsDays: 20, filesDays: 40, webhooksDays: 20 };

useModels(undefined, { watched: true });

it('what drafts may still need of a page of photos is asked for once, and stays', async () => {
  const { folder, remove } = newFolder();
  onTestFinished(remove);
  const photos = filePhotoStore(folder);
  const work = new FieldWork(photos);
  for (const _ of [1, 2, 3]) await work.begins();
  const asked: string[] = [];
  const enough = hearCommands(({ commandName, command }) => asked.push(`${commandName} ${command[commandName]}`));
  let removed = 0;
  for await (const count of photoRule(keep, { photos, app: 'app' }).remove(work.now + 3 * MONTH_MS)) removed += count;
  enough();
  expect(removed).toBe(0);
  expect(asked.filter((one) => one === 'find drafts')).toHaveLength(1);
});
