import { DAY_MS } from '@field/kit/calendar';
import { auditOfFile } from '../../models/audit.ts';
import { type FileOfIso, filesBeginning, filesLandedFor } from '../../models/incoming-files.ts';
import { findIso } from '../../models/isos.ts';
import { peopleOf } from '../../models/people.ts';
import type { TapContext } from '../../src/bot/context.ts';
import { parseFileName } from '../../src/daily/incoming/file-name.ts';
import { OLD_CARD } from '../../src/delivery/render-cards.ts';
import { forAdmins } from './for-admins.ts';
import { PAGE, paged, pageOf } from './lists.ts';
import { cardsOfDay, changedBy } from './story-of-file.ts';

/** As far back as one leafs; what is older is found by its name. */
const LISTED_MS = 60 * DAY_MS;
const MOST_FILES = 500;
/** Of one name: a content that came under it, and corrections of that. */
const MOST_NAMED = 20;

/** `Files`, a page at a time. */
export async function openFiles(ctx: TapContext): Promise<void> {
  ctx.show({ view: 'team.files', subject: { kind: 'page', id: ctx.update.params.extra.page ?? '1' } });
}

/** `What happened`, by one of them. */
export async function openFileStory(ctx: TapContext): Promise<void> {
  const { file, page = '1', from } = ctx.update.params.extra;
  const place = from === 'found' ? `${page},found` : page;
  if (file !== undefined) ctx.show({ view: 'team.fileStory', subject: { kind: 'story', id: `${place}/${file}` } });
}

/** The daily files with anything about the own ISO, the latest first. */
export const loadFiles = forAdmins(async (card, _viewer, isoId, now) => {
  const [iso, landed] = await Promise.all([findIso(isoId), filesLandedFor(isoId, now - LISTED_MS, MOST_FILES)]);
  const { rows, page, pages } = paged(landed.filter(saysAnything), card);
  return { name: 'team.files', model: { rows, page, pages, timeZone: iso?.timeZone ?? 'UTC' }, version: 0 };
});

/** What a daily file changed for the own ISO; whatever it says of another one is no part of it. */
export const loadFileStory = forAdmins(async (card, _viewer, isoId, _now, seen) => {
  const [place = '1', ...rest] = card.subject.id.split('/');
  const [asked = '1', from] = place.split(',');
  const name = rest.join('/');
  if (parseFileName(name) === undefined) return OLD_CARD;
  const paging = { ...card, subject: { ...card.subject, id: asked } };
  const working = peopleOf(isoId);
  const [named, iso, people, { count, entries }, cards] = await Promise.all([
    filesBeginning(isoId, name, MOST_NAMED),
    findIso(isoId, seen),
    working,
    auditOfFile({ file: name, isoId }, (all) => ({ skip: (pageOf(all, paging).page - 1) * PAGE, limit: PAGE })),
    working.then((some) => cardsOfDay(name, some)),
  ]);
  const came = named.filter((file) => file.name === name && saysAnything(file));
  const [first] = came;
  if (first === undefined) return OLD_CARD;
  const { page, pages } = pageOf(count, paging);
  return {
    name: 'team.fileStory',
    model: {
      ...together(first, came),
      rows: await changedBy(entries, people),
      page,
      pages,
      cards,
      timeZone: iso?.timeZone ?? 'UTC',
      fromSearch: from === 'found',
    },
    version: 0,
  };
});

/** Whether a file has any row about that ISO. */
export function saysAnything({ outcomes }: Pick<FileOfIso, 'outcomes'>): boolean {
  return Object.values(outcomes).some((count) => count > 0);
}

/** All that came under one name. */
function together(first: FileOfIso, came: readonly FileOfIso[]): FileOfIso {
  const outcomes: Record<string, number> = {};
  for (const file of came)
    for (const [outcome, count] of Object.entries(file.outcomes)) outcomes[outcome] = (outcomes[outcome] ?? 0) + count;
  const again = came.reduce((sum, file) => sum + file.again, 0);
  const last = Math.max(0, ...came.map(({ againAt = 0 }) => againAt));
  return { ...first, outcomes, again, againAt: last === 0 ? undefined : last };
}
