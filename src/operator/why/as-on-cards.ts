import { itemName } from '../../../cards/review/item-name.ts';
import { changedSaid, saidOfFile } from '../../../cards/team/file-story.ts';
import { fileInWords } from '../../../cards/team/file-words.ts';
import { lifeSaid } from '../../../cards/team/person-story.ts';
import { saidOf } from '../../../cards/team/story.ts';
import { type T, translator } from '../../../cards/text.ts';
import { isPromoted, nameOf } from '../../../handlers/review/item-model.ts';
import { cardsOfDay, changedBy } from '../../../handlers/team/story-of-file.ts';
import { storyOfItem } from '../../../handlers/team/story-of-item.ts';
import { storyOfPerson } from '../../../handlers/team/story-of-person.ts';
import { auditByFile } from '../../../models/audit.ts';
import { type FileStanding, filesNamed } from '../../../models/incoming-files.ts';
import { findIso } from '../../../models/isos.ts';
import { findPerson, type Person, peopleOf } from '../../../models/people.ts';
import { currentProgramme } from '../../../models/programme-in-use.ts';
import type { Language } from '../../domain/languages.ts';
import { wordsByPlace } from '../../programme/word-texts.ts';
import { whatIs } from './found.ts';
import { type Happened, MOST, type Timeline, unknownNumber } from './timeline.ts';

/** What an admin reads on cards, by the same sentences, of whatever a number, a name or an id stands for. Errors: `number.unknown`. */
export async function storyAsOnCards(asked: string, language: Language, now: number): Promise<Timeline> {
  const t = translator(language, wordsByPlace(currentProgramme().programme));
  const told = await toldOf(asked, now, t);
  const nothing = happened(now, 'deed', [t('history.nothing')]);
  return told.happened.length > 0 ? told : { ...told, happened: [nothing] };
}

async function toldOf(asked: string, now: number, t: T): Promise<Timeline> {
  const files = await filesNamed(asked);
  if (files.length > 0) return await ofFiles(asked, files, t);
  const person = await findPerson(asked);
  if (person !== undefined) return await ofPerson(person, now, t);
  const found = await whatIs(asked);
  if (found === undefined) throw unknownNumber(asked);
  const items = found.items.filter(isPromoted);
  const told = await Promise.all(
    items.map(async (item) => {
      const name = items.length > 1 ? [itemName(t, nameOf(item))] : [];
      return (await storyOfItem(item)).map((row) => happened(row.at, 'deed', [...name, ...saidOf(row, t)]));
    }),
  );
  const shop = items[0]?.shop;
  return { what: shop === undefined ? asked : `${asked} · ${shop}`, happened: inOrder(told.flat()) };
}

/** Of all ISOs together: whoever runs the bot looks after each. */
async function ofFiles(name: string, files: readonly FileStanding[], t: T): Promise<Timeline> {
  const timeZone = 'UTC';
  const entries = await auditByFile(name, MOST);
  const isoIds = [...new Set(entries.flatMap(({ isoId }) => isoId ?? []))];
  const cards = await Promise.all(isoIds.map(async (isoId) => await cardsOfDay(name, await peopleOf(isoId))));
  const sum = (which: 'count' | 'waiting'): number => cards.reduce((all, one) => all + (one?.[which] ?? 0), 0);
  const whole = { count: sum('count'), waiting: sum('waiting') };
  const came = files.flatMap(({ receivedAt, source, outcomes, again = 0, againAt }) =>
    saidOfFile({ name, receivedAt, source, outcomes, again, againAt, cards: whole, timeZone }, t).map(([label, said]) =>
      happened(receivedAt, 'file', [label, said]),
    ),
  );
  const rows = (await changedBy(entries, [])).map((row) =>
    happened(row.at, 'deed', [itemName(t, row.name), changedSaid(row, t), row.staff]),
  );
  return { what: fileInWords(name), happened: [...came, ...inOrder(rows)] };
}

async function ofPerson({ userId, name, isoId }: Person, now: number, t: T): Promise<Timeline> {
  const what = `${name} (${userId})`;
  if (isoId === undefined) return { what, happened: [] };
  const story = await storyOfPerson({ userId, isoId }, now, (await findIso(isoId))?.timeZone ?? 'UTC');
  return { what, happened: story.map((row) => happened(row.at, 'deed', lifeSaid(row, t))) };
}

function happened(at: number, kind: Happened['kind'], said: readonly string[]): Happened {
  return { at: new Date(at).toISOString(), kind, says: said.filter((part) => part !== '').join(' · ') };
}

function inOrder(rows: readonly Happened[]): readonly Happened[] {
  return rows.toSorted((one, other) => one.at.localeCompare(other.at));
}
