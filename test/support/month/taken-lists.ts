import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import readXlsxFile from 'read-excel-file/node';
import { expect } from 'vitest';
import { listName } from '../../../cards/team/list-name.ts';
import { translator } from '../../../cards/text.ts';
import type { ListName } from '../../../src/domain/list-names.ts';
import { operatorCommand } from '../world/operator-command.ts';
import type { Person } from '../world/person.ts';
import { wordsOf } from '../world/words-of.ts';
import type { World } from '../world/world.ts';

/** A row of a list, by its headings in English. */
export type ListRow = Readonly<Record<string, string>>;

const t = translator('en');

/** What an operator's command writes of an ISO, all of it. */
export async function listByCommand(
  { dataDir }: Pick<World, 'dataDir'>,
  iso: string,
  list: ListName,
): Promise<readonly ListRow[]> {
  const to = join(dataDir, `${list}.csv`);
  const { code, problem } = await operatorCommand(dataDir, 'export', list, iso, '--format', 'csv', '--to', to);
  expect([code, problem]).toEqual([0, '']);
  return parse(readFileSync(to, 'utf8'), { columns: true, bom: true });
}

/** What comes into the chat of an admin who asks for all of it, opened by another library; its cells as a file of text has them. */
export async function listInChat(
  { sandbox }: Pick<World, 'sandbox'>,
  admin: Person,
  list: ListName,
): Promise<readonly ListRow[]> {
  await admin.says('menu');
  for (const action of ['team.open', 'team.more', 'team.cameIn', 'team.lists']) await admin.taps({ action });
  await admin.fills({ List: t(listName(list)), 'Of which time': t('option.time.ALL') });
  await admin.sees(t(listName(list)), wordsOf('export.sent'));
  const files = (await admin.entries()).flatMap((entry) => entry.files ?? []);
  const code = encodeURIComponent(files.at(-1)?.downloadCode ?? '');
  const answer = await fetch(`${sandbox.url}/sandbox/api/files/${code}`);
  const [sheet] = await readXlsxFile(Buffer.from(await answer.arrayBuffer()));
  const [headings = [], ...rows] = sheet?.data ?? [];
  return rows.map((row) => Object.fromEntries(headings.map((heading, place) => [String(heading), asText(row[place])])));
}

const MINUTE_MS = 60_000;

/** A moment, which a workbook has as a part of a day, is that of the nearest minute; no midnight can be told from a day. */
function asText(cell: unknown): string {
  if (cell instanceof Date) {
    const minute = new Date(Math.round(cell.getTime() / MINUTE_MS) * MINUTE_MS);
    return minute
      .toISOString()
      .slice(0, 16)
      .replace('T', ' ')
      .replace(/ 00:00$/, '');
  }
  return cell === null || cell === undefined ? '' : String(cell);
}
