import {
  type Association,
  addAssociations,
  liveByPhones,
  moveAssociation,
  noteAskedAgain,
} from '../../models/associations.ts';
import { findIso, findIsoByEmail, type Iso } from '../../models/isos.ts';
import { currentProgramme } from '../../models/programme-in-use.ts';
import type { EventContext } from '../../src/bot/context.ts';
import { parsePhone } from '../../src/domain/phone.ts';
import { announceRequest, touchRequest } from './request-cards.ts';

/**
 * `join.asked`: somebody filled in the public page. Taken in here, after the page has answered: to an ISO that exists it becomes a
 * request, otherwise it is nothing. None is ever dropped: of what comes in a crowd the admins are told together, within the hour.
 */
export async function takeInRequest(ctx: EventContext<'join.asked'>): Promise<void> {
  const { facts } = ctx.update;
  const { name, phone: typed, language } = facts;
  const iso = 'isoId' in facts ? await findIso(facts.isoId, ctx.tx) : await findIsoByEmail(facts.isoEmail, ctx.tx);
  if (iso === undefined) return;
  const phone = parsePhone(typed, iso.country) ?? parsePhone(typed, currentProgramme().programme.defaultMarket);
  if (phone === undefined || !(await isNew(ctx, iso, name, phone))) return;
  const request = { requestId: ctx.update.id, isoId: iso.isoId };
  const asked = { ...request, name, phone, channel: 'QR' as const, at: ctx.update.at };
  const quiet = facts.crowded;
  await addAssociations([{ ...asked, language, quiet }], ctx.tx);
  if (!quiet) {
    await announceRequest(ctx, request);
    touchRequest(ctx, request);
  }
  ctx.audit('association.askOnPage', { kind: 'association', id: request.requestId });
}

/**
 * Whether this is to become a request: not when one with that number goes on already (the same person's page then follows that one).
 * Whoever has left asks anew.
 */
async function isNew(ctx: EventContext, iso: Iso, name: string, phone: string): Promise<boolean> {
  const [live] = await liveByPhones(iso.isoId, [phone], ctx.tx);
  if (live?.state === 'SUSPENDED') {
    await moveAssociation(live, { state: 'REMOVED' }, ctx.tx);
  } else if (live !== undefined) {
    if (isSameName(live, name)) await noteAskedAgain(live.requestId, ctx.update.id, ctx.tx);
    return false;
  }
  return true;
}

/** Only the person themselves may follow their request: who knows but the number learns nothing of it. */
function isSameName(request: Association, name: string): boolean {
  const folded = (text: string): string => text.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim();
  return folded(request.name) === folded(name);
}
