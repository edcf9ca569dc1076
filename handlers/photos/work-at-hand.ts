import { photosNotSubmitted } from '../../models/photos.ts';
import type { Context, TapContext } from '../../src/bot/context.ts';
import type { Refusal, VersionedSubject } from '../../src/bot/tap-subject.ts';
import type { Subject } from '../../src/platform/subject.ts';
import { showMenu } from '../menu/menu.ts';
import type { GatheredPhoto } from './moves-photos.ts';
import { chosenPhoto, listSubject, photoSubject, workOf } from './photo-subjects.ts';
import type { PhotoTarget } from './photo-target.ts';
import type { Asking, PhotoWork } from './photo-work.ts';
import { photoTargetOf } from './targets.ts';

/** A piece of work that photos are sent for, with how photos leave it. */
export interface WorkAtHand {
  readonly work: Subject;
  readonly found: PhotoWork;
  readonly target: PhotoTarget;
}

/** The work, if it is this person's. */
export async function workAtHand(asking: Asking, work: Subject | undefined): Promise<WorkAtHand | undefined> {
  const target = work && photoTargetOf(work.kind);
  const found = work && (await target?.find(asking, work.id));
  return target && found && { work: { kind: work.kind, id: found.id }, found, target };
}

/** A photo that may be moved, as its work and its row know it. */
export type PhotoAtHand = GatheredPhoto & Awaited<ReturnType<typeof photosNotSubmitted>>[number];

/** The photos that may be of another shop, in the order sent; what was submitted once is evidence, and stays. `only`: no other than this one. */
export async function photosAtHand(
  asking: Asking,
  { work, target }: WorkAtHand,
  only?: string,
): Promise<readonly PhotoAtHand[]> {
  const all = await target.gathered(asking, work.id);
  const gathered = only === undefined ? all : all.filter(({ photoId }) => photoId === only);
  const rows = await photosNotSubmitted(
    gathered.map(({ photoId }) => photoId),
    asking.tx,
  );
  return rows.flatMap((row) => {
    const place = gathered.find(({ photoId }) => photoId === row.photoId)?.place;
    return place === undefined ? [] : [{ ...row, place }];
  });
}

/** What a tapped card is about, its photos, or one of them: the work, while it is this person's and open. */
export const OWN_WORK: VersionedSubject<WorkAtHand> = {
  async load(ctx) {
    const { subject } = ctx.update.params;
    return await workAtHand(ctx, subject && workOf(subject));
  },
  // whose work it is not does not find it
  mayUse: () => true,
  isOpen: (_ctx, { found }) => found.ended === undefined,
  versionOf: ({ found }) => found.version,
  refuse: showRefused,
};

async function showRefused(ctx: TapContext, refusal: Refusal<WorkAtHand>): Promise<void> {
  if (refusal.why === 'gone' || refusal.why === 'foreign') return showMenu(ctx, { key: 'line.gone' });
  const { subject } = refusal;
  if (refusal.why === 'over')
    return showMenu(ctx, { key: subject.found.ended === 'submitted' ? 'line.frozen' : 'line.gone' });
  const chosen = ctx.update.params.subject && chosenPhoto(ctx.update.params.subject);
  const [isThere] = chosen === undefined ? [] : await photosAtHand(ctx, subject, chosen.photoId);
  if (chosen === undefined || isThere === undefined) return await showNotHere(ctx, subject);
  ctx.show({ view: 'photos.move', subject: photoSubject(chosen), line: { key: 'line.changed' } });
}

/** The photo went somewhere else meanwhile, or never was in this work: where that stands. */
export async function showNotHere(ctx: Context, { work, target }: WorkAtHand): Promise<void> {
  await target.show(ctx, work.id, { key: 'line.photoNotHere' });
}

export function showPhotoList(ctx: Context, { work }: Pick<WorkAtHand, 'work'>, page: number): void {
  ctx.show({ view: 'photos.list', subject: listSubject({ work, page }) });
}
