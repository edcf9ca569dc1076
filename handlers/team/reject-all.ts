import { type Association, moveAssociation, rejectWaiting, waitingFromPage } from '../../models/associations.ts';
import { readAll } from '../../models/read-together.ts';
import { readRequests } from '../../models/requests-with-people.ts';
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
  const [named, waiting] = await readAll(
    () => readRequests(ticked(form.who).slice(0, APPROVED_AT_ONCE), ctx.tx),
    () => askedInHours(ctx, ticked(form.hours)),
  );
  const byName = await rejectByName(ctx, named);
  const wanted = keep.filter((one) => one !== '');
  const others = waiting.filter((one) => !byName.has(one.requestId) && !isKept(one, wanted));
  const count = byName.size + (await rejectByHour(ctx, others));
  showRequests(ctx, count > 0 ? { line: { key: 'team.rejected', args: { count } } } : {});
}

function ticked(value: string | readonly string[] | undefined): readonly string[] {
  return [...new Set(typeof value === 'string' ? [value] : (value ?? []))];
}

/** Answers whom. */
async function rejectByName(ctx: TapContext, requests: readonly Association[]): Promise<ReadonlySet<string>> {
  const rejected = new Set<string>();
  for (const request of requests) {
    const { requestId } = request;
    if (request.state !== 'PENDING' || !mayDecide(ctx.person, request)) continue;
    const decided = { decidedBy: ctx.person.userId, decidedAt: ctx.now, reason: REASON };
    await moveAssociation(request, { state: 'REJECTED', ...decided }, ctx.tx);
    touchRequest(ctx, request);
    ctx.audit('association.reject', { kind: 'association', id: requestId });
    rejected.add(requestId);
    if (request.userId === undefined) continue;
    ctx.showTo(request.userId, { view: 'association', subject: { kind: 'person', id: request.userId } });
  }
  return rejected;
}

type Asked = Pick<Association, 'requestId' | 'name' | 'phone'>;

/** Who waits by the public page since these hours. */
async function askedInHours({ person, tx }: TapContext, hours: readonly string[]): Promise<readonly Asked[]> {
  const { isoId } = person;
  if (isoId === undefined) return [];
  const named = hours.slice(0, APPROVED_AT_ONCE).map((hour) => hourAround(Number(hour)));
  const times = named.filter(({ from }) => Number.isSafeInteger(from));
  const asked = await readAll(...times.map((at) => () => waitingFromPage(isoId, at, tx)));
  // an hour may be named by any moment in it
  return [...new Map(asked.flat().map((one) => [one.requestId, one])).values()];
}

async function rejectByHour(ctx: TapContext, asked: readonly Asked[]): Promise<number> {
  const { isoId, userId } = ctx.person;
  const count = asked.length;
  if (isoId === undefined || count === 0) return 0;
  const decided = { by: userId, at: ctx.now, reason: REASON };
  await rejectWaiting(
    isoId,
    asked.map(({ requestId }) => requestId),
    decided,
    ctx.tx,
  );
  ctx.touch(waitingSubject(isoId));
  ctx.audit('association.rejectAll', waitingSubject(isoId), { count });
  return count;
}

/** By a part of the name, or by the last digits of the number. */
function isKept({ name, phone }: Asked, keep: readonly string[]): boolean {
  return keep.some((one) => {
    const digits = one.replace(/\D/g, '').replace(/^0+/, '');
    return reads(one, name) || (digits.length >= 4 && phone.endsWith(digits));
  });
}
