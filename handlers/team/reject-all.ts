import {
  type Association,
  findAssociation,
  moveAssociation,
  rejectWaiting,
  waitingFromPage,
} from '../../models/associations.ts';
import type { TapContext } from '../../src/bot/context.ts';
import { hourAround } from '../../src/domain/waiting-requests.ts';
import { mayDecide } from '../association/decide-request.ts';
import { touchRequest, waitingSubject } from '../association/request-cards.ts';
import { APPROVED_AT_ONCE } from './approve-all.ts';
import { reads } from './lists.ts';
import { showRequests } from './team.ts';

const REASON = 'NOT_STAFF';

/** Those who wait, with ticks: by name, or by the hour in which a crowd of them asked. */
export async function openRejectAll(ctx: TapContext): Promise<void> {
  ctx.show({ view: 'team.reject', subject: { kind: 'person', id: ctx.person.userId } });
}

/** Turns away who is ticked and still waits; who was decided meanwhile, and whoever is to be kept, stays. */
export async function rejectTicked(ctx: TapContext): Promise<void> {
  const form = ctx.update.params.form ?? {};
  const keep = typeof form.keep === 'string' ? form.keep.split(/[,;\n]/).map((one) => one.trim()) : [];
  const count =
    (await rejectByName(ctx, ticked(form.who).slice(0, APPROVED_AT_ONCE))) +
    (await rejectByHour(
      ctx,
      ticked(form.hours),
      keep.filter((one) => one !== ''),
    ));
  showRequests(ctx, count > 0 ? { line: { key: 'team.rejected', args: { count } } } : {});
}

function ticked(value: string | readonly string[] | undefined): readonly string[] {
  return [...new Set(typeof value === 'string' ? [value] : (value ?? []))];
}

async function rejectByName(ctx: TapContext, requestIds: readonly string[]): Promise<number> {
  let count = 0;
  for (const requestId of requestIds) {
    const request = await findAssociation(requestId, ctx.tx);
    if (request?.state !== 'PENDING' || !mayDecide(ctx.person, request)) continue;
    const decided = { decidedBy: ctx.person.userId, decidedAt: ctx.now, reason: REASON };
    await moveAssociation(request, { state: 'REJECTED', ...decided }, ctx.tx);
    touchRequest(ctx, request);
    ctx.audit('association.reject', { kind: 'association', id: requestId });
    count += 1;
    if (request.userId === undefined) continue;
    ctx.showTo(request.userId, { view: 'association', subject: { kind: 'person', id: request.userId } });
  }
  return count;
}

async function rejectByHour(ctx: TapContext, hours: readonly string[], keep: readonly string[]): Promise<number> {
  const { isoId, userId } = ctx.person;
  if (isoId === undefined) return 0;
  let count = 0;
  for (const hour of hours) {
    const at = hourAround(Number(hour));
    if (!Number.isSafeInteger(at.from)) continue;
    const kept = keep.length === 0 ? [] : await keptOf(ctx, isoId, at, keep);
    count += await rejectWaiting(isoId, { at, keep: kept }, { by: userId, at: ctx.now, reason: REASON }, ctx.tx);
  }
  if (count === 0) return 0;
  ctx.touch(waitingSubject(isoId));
  ctx.audit('association.rejectAll', waitingSubject(isoId), { count });
  return count;
}

async function keptOf(
  { tx }: TapContext,
  isoId: string,
  at: ReturnType<typeof hourAround>,
  keep: readonly string[],
): Promise<readonly string[]> {
  const asked = await waitingFromPage(isoId, at, tx);
  return asked.filter((one) => isKept(one, keep)).map(({ requestId }) => requestId);
}

/** By a part of the name, or by the last digits of the number. */
function isKept({ name, phone }: Pick<Association, 'name' | 'phone'>, keep: readonly string[]): boolean {
  return keep.some((one) => {
    const digits = one.replace(/\D/g, '').replace(/^0+/, '');
    return reads(one, name) || (digits.length >= 4 && phone.endsWith(digits));
  });
}
