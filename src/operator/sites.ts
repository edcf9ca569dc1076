import { addAudit } from '../../models/audit.ts';
import { allIsos, changeSites, type Iso } from '../../models/isos.ts';
import { currentProgramme } from '../../models/programme-in-use.ts';
import { countSites } from '../../models/sites.ts';
import { inTransaction } from '../../models/transaction.ts';
import { periodOf, type QuotaPer } from '../domain/site-quota.ts';
import type { Operator } from './command.ts';
import { isoWith } from './isos.ts';

/** How many sites an ISO agreed on, and how many it has begun in the period of now. */
export interface SitesLine extends Pick<Iso, 'email' | 'name'> {
  /** Absent where none is agreed. */
  readonly agreed?: number | undefined;
  readonly used: number;
}

export interface SitesOfIsos {
  /** Absent where the programme keeps no quota. */
  readonly per?: QuotaPer | undefined;
  readonly isos: readonly SitesLine[];
}

/** How the ISOs stand with their quota of sites. */
export async function listSites(now: number): Promise<SitesOfIsos> {
  const per = quotaPer();
  const lines: SitesLine[] = [];
  for (const { isoId, email, name, sites: agreed, timeZone } of await allIsos()) {
    const used = per === undefined ? 0 : await countSites({ isoId, period: periodOf(now, per, timeZone) });
    lines.push({ email, name, agreed, used });
  }
  return { per, isos: lines };
}

interface SitesSet extends Pick<SitesOfIsos, 'per'> {
  readonly iso: Pick<Iso, 'email' | 'name'>;
  readonly sites?: number | undefined;
}

/** `sites` undefined: no quota is kept for it. What was begun stays. Errors: `iso.unknown`, `programme.unknown`. */
export async function setSites(
  { email, sites }: { email: string; sites?: number | undefined },
  { ids, now }: Pick<Operator, 'ids' | 'now'>,
): Promise<SitesSet> {
  const per = quotaPer();
  const { isoId, name } = await isoWith(email);
  await inTransaction(async (tx) => {
    await changeSites(isoId, sites, tx);
    const details = sites === undefined ? undefined : { sites };
    const subject = { kind: 'iso', id: isoId } as const;
    await addAudit([{ at: now(), by: 'operator', isoId, what: 'iso.sites', subject, details, cause: ids.next() }], tx);
  });
  return { iso: { email, name }, sites, per };
}

function quotaPer(): QuotaPer | undefined {
  return currentProgramme().programme.policy.clauses.find(({ quota }) => quota !== undefined)?.quota?.per;
}
