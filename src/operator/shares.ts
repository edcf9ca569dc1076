import { addAudit } from '../../models/audit.ts';
import { allIsos, changeShare, type Iso } from '../../models/isos.ts';
import { readSharedMonth, weightOf } from '../../models/month-of-calls.ts';
import { readInstallation } from '../../models/settings.ts';
import { inTransaction } from '../../models/transaction.ts';
import { ORGANISATION, type Standing } from '../domain/budget.ts';
import type { Metered } from '../domain/limits.ts';
import type { Operator } from './command.ts';
import { isoWith } from './isos.ts';

/** Of one ISO, or of the organisation, which has no e-mail. */
export interface ShareLine extends Standing {
  readonly email?: string | undefined;
  readonly name: string;
  /** As how many people it counts, and whether an operator said so. */
  readonly people?: number | undefined;
  readonly isSet: boolean;
  /** What came because of its people, of how much that it could be. */
  readonly pushes: { readonly used: number; readonly limit: number };
}

/** What the organisation has of a month, what it used, and what each ISO did of that. */
export interface Shares extends Readonly<Record<Metered, { readonly used: number; readonly limit: number }>> {
  /** `2026-11`. */
  readonly month: string;
  readonly shares: readonly ShareLine[];
}

/** Who has which share of the month of `now`. */
export async function listShares(now: number): Promise<Shares> {
  const { limits } = await readInstallation();
  const { usage, shares } = await readSharedMonth(now, limits);
  const lineFor = (payer: string, of: Pick<ShareLine, 'email' | 'name' | 'isSet'>): readonly ShareLine[] => {
    const share = shares.get(payer);
    if (share === undefined) return [];
    const people = payer === ORGANISATION ? undefined : share.weight;
    return [{ ...of, people, pushes: share.pushes, ...share.standing }];
  };
  const lines = [
    ...(await allIsos()).flatMap(({ isoId, email, name, share }) =>
      lineFor(isoId, { email, name, isSet: share !== undefined }),
    ),
    ...lineFor(ORGANISATION, { name: 'whoever is in no ISO yet', isSet: false }),
  ];
  const of = (what: Metered) => ({ used: usage[what], limit: limits[what] });
  return { month: usage.month, calls: of('calls'), pushes: of('pushes'), shares: lines };
}

interface Share {
  readonly iso: Pick<Iso, 'email' | 'name'>;
  readonly people: number;
}

/** `people` undefined: an ISO counts as those who work for it, and as one where nobody does. Errors: `iso.unknown`. */
export async function setShare(
  { email, people }: { email: string; people?: number | undefined },
  { ids, now }: Pick<Operator, 'ids' | 'now'>,
): Promise<Share> {
  const { isoId, ...iso } = await isoWith(email);
  await inTransaction(async (tx) => {
    await changeShare(isoId, people, tx);
    const details = people === undefined ? undefined : { people };
    const subject = { kind: 'iso', id: isoId } as const;
    const entry = { at: now(), by: 'operator', isoId, what: 'iso.share', subject, details, cause: ids.next() } as const;
    await addAudit([entry], tx);
  });
  return { iso: { email: iso.email, name: iso.name }, people: await weightOf({ isoId, share: people }) };
}
