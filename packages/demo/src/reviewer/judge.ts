import type { SubmittedItem } from './submitted-item.ts';

/** What a reviewer says of one submitted revision (domain A.10 for the reasons). */
export interface Verdict {
  readonly decision: 'APPROVED' | 'REJECTED' | 'PENDING' | 'INVALIDATED';
  readonly reasonCodes: readonly string[];
  /** The reviewer's own words, in English. */
  readonly reasonText?: string | undefined;
  readonly remedy?: 'MODIFY' | 'APPEAL' | 'NONE' | undefined;
}

const APPROVED: Verdict = { decision: 'APPROVED', reasonCodes: [] };

/** The demo's rule (architecture 11). `isDark` looks at a photo by its hash. */
export async function judge(item: SubmittedItem, isDark: (sha256: string) => Promise<boolean>): Promise<Verdict> {
  switch (item.itemType) {
    case 'SPOT':
      if (!item.values.fixedSecurely) return rejected('SPOT_NOT_FIXED');
      for (const { role, sha256 } of item.photos) {
        if (role === 'closeup' && (await isDark(sha256))) return rejected('SPOT_PHOTO_BLURRY');
      }
      return APPROVED;
    case 'APPEAL':
      return item.photos.length > 0 ? APPROVED : rejected('OTHER', 'No photo shows that the decision is wrong.');
    case 'STORE':
    case 'POSM':
    case 'INSPECTION':
      return APPROVED;
  }
}

function rejected(reasonCode: string, reasonText?: string): Verdict {
  return { decision: 'REJECTED', reasonCodes: [reasonCode], reasonText };
}
