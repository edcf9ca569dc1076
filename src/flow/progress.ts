import { type StepId, stepsOf } from './definition.ts';
import type { Draft, SpotKey } from './draft.ts';
import { placeOf } from './place.ts';
import { screenLacks, screensOf } from './screens.ts';

/** `Step 2 of 4 · Spots`, and how much of the whole is there. */
export interface Progress {
  readonly step: number;
  readonly of: number;
  readonly stepId: StepId;
  readonly spot?: SpotKey | undefined;
  /** 0 to 100: screens with nothing missing; 100 only at the end. */
  readonly percent: number;
}

export function progress(draft: Draft): Progress {
  const place = placeOf(draft);
  const steps = stepsOf(draft);
  const here: StepId = place.kind === 'summary' || place.kind === 'change' ? 'summary' : place.step;
  const index = steps.findIndex(({ id }) => id === here);
  const spot = 'spot' in place && place.spot !== undefined ? { spot: place.spot } : {};
  const screens = screensOf(draft);
  const done = screens.filter((screen) => !screenLacks(draft, screen)).length;
  const percent = Math.round((100 * done) / Math.max(1, screens.length));
  return { step: Math.max(0, index) + 1, of: steps.length, stepId: here, ...spot, percent };
}
