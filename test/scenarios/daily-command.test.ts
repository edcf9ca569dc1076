import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect } from 'vitest';
import { promote } from '../support/conversations/promotion.ts';
import { handedOverKey } from '../support/conversations/results.ts';
import { story } from '../support/story.ts';
import { type CommandAnswer, operatorCommand } from '../support/world/operator-command.ts';
import { outgoingLines } from '../support/world/outgoing-lines.ts';
import { sharedWorld } from '../support/world/shared-world.ts';

const { world, nok } = sharedWorld({ joined: ['staff1'] });
const it = story('An operator brings a file in while the bot runs');
const folder = mkdtempSync(join(tmpdir(), 'operator-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const daily = (...words: readonly string[]): Promise<CommandAnswer> =>
  operatorCommand(world.dataDir, 'daily', ...words);

/** A review file of the operator, about these items: decided a moment ago. */
async function has(name: string, decisions: Readonly<Record<string, string>>): Promise<string> {
  const at = new Date((await world.sandbox.advance(0)).now).toISOString();
  const columns = 'sourceRowKey,dataDate,isoId,itemType,itemRef,submissionRevision,decision,reasonCodes,decidedAt';
  const isoId = outgoingLines(world)[0]?.isoId;
  const rows = Object.entries(decisions).map(([itemRef, said]) =>
    [`${itemRef}@${at}`, at.slice(0, 10), isoId, 'SPOT', itemRef, 1, ...said.split(' '), at].join(','),
  );
  writeFileSync(join(folder, name), [columns, ...rows, ''].join('\r\n'));
  return join(folder, name);
}

const NAME = 'review_20261123_900.csv';
let spots: string[] = [];

it('a dry run explains the row and the card, and sends none', async () => {
  await promote(nok, { spots: 2 });
  spots = [1, 2].map((number) => handedOverKey(world, 'SPOT', number).replace(/#\d+$/, ''));
  const [first = ''] = spots;
  const path = await has(NAME, { [first]: 'REJECTED SPOT_PHOTO_BLURRY' });
  const { code, out } = await daily('import', path, '--dry-run');
  expect(code).toBe(0);
  expect(out).toMatch(/ +2 +\S+ +applied\nRows:\n +applied +1\nCards:\n +1 review\.day: \S+ \(results of \d{8}\)$/);
  expect((await daily('status')).out).toBe('What came:\n  Nothing.');
});

it('import shows how far it is, sums up, and who it concerns has their card', async () => {
  const { code, out, problem } = await daily('import', join(folder, NAME));
  expect([code, out.split('\n').slice(0, 2), code === 0 ? '' : problem]).toEqual([
    0,
    [`${NAME} is landed: 1 row.`, '  applied  1'],
    '',
  ]);
  expect(problem.split('\n')[0]).toBe(`${NAME} waits for the bot`);
  await nok.sees('Results up to', 'Baan Coffee · Cashier 1: photo too dark');
});

it('the same content again is refused, and status shows what came', async () => {
  const again = await daily('import', join(folder, NAME), '--as', 'review_20261123_901.csv');
  expect([again.code, again.out]).toEqual([1, '']);
  expect(again.problem).toContain(`The same content was landed before, as ${NAME}`);
  const { out } = await daily('status');
  expect(out).toMatch(/day +kind +files +applied\n +20261123 +review +1 +1/);
});

it('a file of which most rows are wrong is quarantined, and landed as far as it is right once it is released', async () => {
  const [, second = ''] = spots;
  const path = await has('review_20261123_902.csv', {
    [second]: 'APPROVED ',
    other: 'APPROVED ',
    another: 'APPROVED ',
  });
  const refused = await daily('import', path);
  expect([refused.code, refused.out]).toEqual([1, '']);
  expect(refused.problem).toContain('is quarantined: 2 of its 3 rows are malformed or about nothing known here');
  expect((await daily('status')).out).toContain('In quarantine:\n  review_20261123_902.csv: 2 of its 3 rows');
  const { code, out } = await daily('release', 'review_20261123_902.csv');
  expect([code, out.split('\n').slice(1, 3)]).toEqual([0, ['  applied    1', '  unmatched  2']]);
});
