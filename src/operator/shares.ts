import { addAudit } from '../../models/audit.ts';
import { allIsos, changeShare, type Iso } from '../../models/isos.ts';
import { readMonthOfCalls } from '../../models/month-of-calls.ts';
import { activePeople } from '../../models/people.ts';
import { readInstallation } from '../../models/settings.ts';
import { inTransaction } from '../../models/transaction.ts';
import { ORGANISATION, type Standing, standings } from '../domain/budget.ts';
import { monthOf } from '../domain/limits.ts';
import type { Operator } from './command.ts';
import { isoWith } from './isos.ts';

/** Of one ISO, or of the organisation, which has no e-mail. */
export interface ShareLine extends Standing {
  readonly email?: string | undefined;
  readonly name: string;
  /** As how many people it counts, and whether an operator said so. */
  readonly people?: number | undefined;
  readonly isSet: boolean;
}

/** Who has which share of the month of `now`. */
export async function listShares(now: number): Promise<{ month: string; limit: number; shares: readonly ShareLine[] }> {
  const { limits } = await readInstallation();
  const limit = limits.calls;
  const month = await readMonthOfCalls(now, limit);
  const all = standings(month);
  const lineFor = (payer: string, of: Omit<ShareLine, keyof Standing>): readonly ShareLine[] => {
    const standing = all.get(payer);
    return standing === undefined ? [] : [{ ...of, ...standing }];
  };
  const isos = (await allIsos()).flatMap(({ isoId, email, name, share }) => {
    const people = month.accounts.find(({ payer }) => payer === isoId)?.weight;
    return lineFor(isoId, { email, name, people, isSet: share !== undefined });
  });
  const shares = [...isos, ...lineFor(ORGANISATION, { name: 'whoever is in no ISO yet', isSet: false })];
  return { month: monthOf(now), limit, shares };
}

interface Share {
  readonly iso: Pick<Iso, 'email' | 'name'>;
  readonly people: number;
}

/** `people` undefined: an ISO counts as those who work for it. Errors: `iso.unknown`. */
export async function setShare(
  { email, people }: { email: string; people?: number | undefined },
  { ids, now }: Pick<Operator, 'ids' | 'now'>,
): Promise<Share> {
  const { isoId, ...iso } = await isoWith(email);
  await inTransaction(async (tx) => {
    await changeShare(isoId, people, tx);
    const details = people === undefined ? undefined : { people };
    const subject = { kind: 'iso', id: isoId } as const;
    const entry = { at: now(), by: 'operator', isoId, what: 'iso.share', subject, details, cause: ids.next() };
    await addAudit([entry], tx);
  });
  return { iso: { email: iso.email, name: iso.name }, people: people ?? (await activePeople(isoId)) };
}
