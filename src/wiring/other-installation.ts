import type { Clock } from '@field/kit/clock';
import type { Tally } from '../metrics/table.ts';
import type { PartHealth } from '../web/health.ts';

/** Cards that were never made here are of another installation with the same app, whose taps come here as ours go there. */
export interface UnknownCards {
  /** One of them was tapped. */
  tapped(): void;
  health(): PartHealth;
}

const HOUR_MS = 3_600_000;
/** A card that was forgotten long ago is tapped now and then. */
const SOME = 3;
const DETAIL =
  'Cards are tapped that were never made here. Is there another installation with the same app? Then they take each other’s messages: end one.';

export function watchUnknownCards(clock: Pick<Clock, 'elapsed'>, tally: Pick<Tally, 'count'>): UnknownCards {
  let tapped: readonly number[] = [];
  const lately = (): readonly number[] => tapped.filter((at) => clock.elapsed() - at < HOUR_MS);
  return {
    tapped() {
      tapped = [...lately().slice(-SOME), clock.elapsed()];
      tally.count('unknown_card_taps_total');
    },
    health() {
      const ok = lately().length <= SOME;
      return { ok, detail: ok ? undefined : DETAIL, essential: false };
    },
  };
}
