import type { Clock } from '@field/kit/clock';
import type { Tally } from '../metrics/table.ts';
import type { PartHealth } from '../web/health.ts';

/**
 * What tells that another installation has the same app, whose pushes come here as ours go there: cards are tapped that were never made here,
 * and photos come from people who work nowhere here, as whoever works there sends them.
 */
export interface OtherInstallation {
  /** Such a card was tapped. */
  cardTapped(): void;
  /** Somebody sent photos; answers whether that is a sign. Asked once an hour of each, and not at all of whom it is known. */
  photosFrom(userId: string): Promise<boolean>;
  health(): PartHealth;
}

const HOUR_MS = 3_600_000;
/** A card that was forgotten long ago is tapped now and then, and now and then somebody sends a photo before they have joined. */
const SOME = 3;
/** More people than one process has to do with in an hour; who was asked about longest ago is forgotten first. */
const MOST_KNOWN = 10_000;
const DETAIL =
  'Cards are tapped that were never made here, or people who work nowhere here send photos. Is there another installation with the same app? Then they take each other’s messages: end one.';

export function watchOtherInstallation(
  clock: Pick<Clock, 'elapsed'>,
  tally: Pick<Tally, 'countOf'>,
  /** Whether somebody works here, or did. */
  isOurs: (userId: string) => Promise<boolean>,
): OtherInstallation {
  const signs = { card: [] as readonly number[], stranger: [] as readonly number[] };
  const asked = new Map<string, number>();
  const lately = (sign: keyof typeof signs): readonly number[] =>
    signs[sign].filter((at) => clock.elapsed() - at < HOUR_MS);
  const note = (sign: keyof typeof signs): void => {
    signs[sign] = [...lately(sign).slice(-SOME), clock.elapsed()];
    tally.countOf('other_installation_signs_total', sign);
  };
  return {
    cardTapped: () => note('card'),
    async photosFrom(userId) {
      const before = asked.get(userId);
      if (before !== undefined && clock.elapsed() - before < HOUR_MS) return false;
      asked.delete(userId);
      asked.set(userId, clock.elapsed());
      const [oldest] = asked.keys();
      if (asked.size > MOST_KNOWN && oldest !== undefined) asked.delete(oldest);
      if (await isOurs(userId)) return false;
      note('stranger');
      return true;
    },
    health() {
      const ok = lately('card').length <= SOME && lately('stranger').length <= SOME;
      return { ok, detail: ok ? undefined : DETAIL, essential: false };
    },
  };
}
