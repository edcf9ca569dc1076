import { isHeld } from './definition.ts';
import type { Draft } from './draft.ts';
import { type FormRef, formKey } from './form.ts';
import { placeOf } from './place.ts';
import { screenLacks, screensOf } from './screens.ts';

/**
 * Every form of a draft in which something is missing, in the order of its steps, and the one that was re-opened: what can be filled in in any
 * order, but nothing that waits for payments to be verified.
 */
export function formAsks(draft: Draft): readonly FormRef[] {
  if (isHeld(draft)) return [];
  const screens = screensOf(draft);
  const unpaid = screens.findIndex((screen) => screen.kind === 'payments' && screenLacks(draft, screen));
  const asked = screens
    .slice(0, unpaid === -1 ? screens.length : unpaid)
    .filter((screen) => screen.kind === 'form' && screenLacks(draft, screen))
    .map(({ step, spot }): FormRef => ({ step, spot, part: 'main' }));
  const place = placeOf(draft);
  if (place.kind !== 'form' || asked.some((form) => formKey(form) === formKey(place))) return asked;
  const { step, spot, part } = place;
  return [{ step, spot, part }, ...asked];
}
