/** How the sites of an ISO stand: nearly used, more than used, and after more were agreed. */
export const SITES = {
  near: { agreed: 50, used: 40, period: '2026-11' },
  usedUp: { agreed: 1_200, used: 1_204, period: '2026-Q4' },
  more: { agreed: 100, used: 41, period: '2026' },
} as const;

/** A month of which a quota of sites is kept. */
export const MONTH_WITH_SITES = { month: '2026-11', timeZone: 'Asia/Bangkok', sites: SITES.more } as const;
