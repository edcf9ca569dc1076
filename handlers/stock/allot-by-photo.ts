import { changePerson, findPerson, type Person } from '../../models/people.ts';
import type { TapContext } from '../../src/bot/context.ts';
import { OLD_CARD } from '../../src/delivery/render-cards.ts';
import { lookedFor, rememberLookedFor } from '../looked-for.ts';
import { setCurrentWork } from '../photos/current-work.ts';
import { forAdmins } from '../team/for-admins.ts';

/** `By photo`: what the admin photographs from now on goes to this person. */
export async function beginByPhoto(ctx: TapContext, to: Person): Promise<void> {
  if (lookedFor(ctx.person) !== undefined) await rememberLookedFor(ctx, undefined);
  const subject = { kind: 'allotting', id: to.userId } as const;
  const nothing = { given: 0, before: 0, notInStock: 0, others: 0 } as const;
  const allotting = { to: to.userId, at: ctx.dingTalkNow, ...nothing };
  ctx.person = await changePerson(ctx.person.userId, { allotting }, ctx.tx);
  await setCurrentWork(ctx, subject);
  ctx.show({ view: 'team.allotPhotos', subject });
}

/** `Done`: photos go to nobody any more. */
export async function endByPhoto(ctx: TapContext): Promise<void> {
  if (ctx.person.currentWork?.kind === 'allotting') await setCurrentWork(ctx, undefined);
  if (ctx.person.allotting !== undefined)
    ctx.person = await changePerson(ctx.person.userId, { allotting: null }, ctx.tx);
  ctx.show({ view: 'team.stock', subject: { kind: 'page', id: '1' } });
}

export const loadAllotPhotos = forAdmins(async ({ subject: { id } }, { allotting }, isoId) => {
  const to = await findPerson(id);
  if (to?.isoId !== isoId) return OLD_CARD;
  const counted = allotting?.to === id ? allotting : undefined;
  const isAny = counted !== undefined && counted.given + counted.before + counted.notInStock + counted.others > 0;
  const model = { name: to.name, counted: isAny ? counted : undefined, note: counted?.note };
  return { name: 'team.allotPhotos', model, version: 0 };
});
