import type { T } from './text.ts';
import type { TextKey } from './text-key.ts';
import type { CardFormField } from './view.ts';

interface Ticks {
  readonly name: string;
  readonly label: TextKey;
  /** The values of those that have a tick before anybody ticks. */
  readonly ticked: readonly string[];
  readonly options: readonly { readonly value: string; readonly text: string }[];
}

/** A list of which some have a tick; none at all is refused. */
export function ticksField({ name, label: key, ticked, options }: Ticks, t: T): CardFormField {
  const label = t(key);
  const requiredMessage = t('form.required', { label });
  return { name, label, type: 'MULTI_SELECT', required: true, requiredMessage, value: ticked, options };
}
