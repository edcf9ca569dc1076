import { readFileSync } from 'node:fs';
import { expect, it, onTestFinished } from 'vitest';
import { newFolder } from '../../packages/embedded-store/test/stores.ts';
import { readConfig } from '../../src/config/config.ts';
import { useModels } from '../models/store.ts';
import { type Growth, grow } from '../support/growth/grow.ts';

useModels(undefined);

/** What is removed at its time, and so stops growing; in the order of the page: collections, then folders. */
const LEVELLING =
  'appeals audit cards dayresults drafts inbox incomingfiles monthlyusage outbox pictures resultdays submissions ' +
  'photos/ outgoing/ outgoing/photos/ incoming/done/';

it('levels off: what is over goes as fast as it comes, and every kind of file that is left is told on the page', async () => {
  const { folder, remove } = newFolder();
  onTestFinished(remove);
  const here = 'http://127.0.0.1';
  const usual = readConfig({ DATA_DIR: folder, DINGTALK_API_BASE: here, DINGTALK_OAPI_BASE: here });
  const keep = { recordsMonths: 2, photosMonths: 1, draftsDays: 60, cardsDays: 20, filesDays: 40, webhooksDays: 20 };
  const months: Growth[] = [];
  const plan = { months: 7, promotionsADay: 1, photoBytes: 200, stepDays: 5 };
  for await (const month of grow({ ...usual, keep }, plan)) months.push(month);
  const at = (month: number, what: string): number => months[month - 1]?.counts[what] ?? 0;
  const grown = LEVELLING.split(' ').filter((what) => at(7, what) > at(5, what) * 1.15 + 3);
  expect(grown, JSON.stringify([months[4]?.counts, months[6]?.counts])).toEqual([]);
  // it did level off by removing, not by never being there
  for (const what of ['cards', 'outbox', 'pictures', 'submissions', 'photos/', 'outgoing/photos/', 'audit'])
    expect([what, at(7, what) > 0]).toEqual([what, true]);
  expect(at(7, 'items')).toBeGreaterThan(at(4, 'items') * 1.5);

  const [, section = ''] = readFileSync('docs/data.md', 'utf8').split('\n## 6. ');
  const told = [...section.matchAll(/^\| (`[^|]+?) +\|/gm)].flatMap(([, cell = '']) =>
    [...cell.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name.replace('*', '')),
  );
  const untold = (months.at(-1)?.files ?? []).filter((file) => !told.some((name) => file.startsWith(name)));
  expect(untold).toEqual([]);
});
