import { fieldHash } from '../cards/form-params.ts';
import type { TapContext } from '../src/bot/context.ts';
import type { FormValue } from '../src/platform/update.ts';

/** What the person changed in a form: a field that still equals what was drawn is no answer (architecture 4). */
export function changedValues(ctx: TapContext): Record<string, FormValue> {
  const { form = {}, base = {} } = ctx.update.params;
  return Object.fromEntries(Object.entries(form).filter(([field, value]) => base[field] !== fieldHash(value)));
}
