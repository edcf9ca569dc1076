import { z } from 'zod';
import { fieldNamed } from '../platform/field-names.ts';
import type { FormValue } from '../platform/update.ts';
import { visibleText } from '../platform/visible-text.ts';
import { cut, LONGEST, MOST } from './lengths.ts';

const scalar = z.union([z.string(), z.number(), z.boolean()]);
type Scalar = z.infer<typeof scalar>;

/** A choice comes as `{index, value}`, several as `{index: [], value: []}`, everything else plain (dingtalk 4.4). */
const CHOICE = z.looseObject({ value: z.unknown() });

/** One form field's value in plain text; undefined when it holds none that DingTalk's forms can send. */
export function formValue(sent: unknown): FormValue | undefined {
  const plain = scalar.safeParse(sent);
  if (plain.success) return textOf(plain.data);
  if (Array.isArray(sent)) {
    return sent
      .slice(0, MOST.choices)
      .map(oneValue)
      .filter((value) => value !== undefined);
  }
  const choice = CHOICE.safeParse(sent);
  if (!choice.success) return undefined;
  if (Array.isArray(choice.data.value)) return formValue(choice.data.value);
  return oneValue(choice.data.value);
}

/** A form's values by the fields' own names; fields without a usable value are left out, as untouched ones are. */
export function formValues(sent: unknown): Readonly<Record<string, FormValue>> | undefined {
  if (typeof sent !== 'object' || sent === null || Array.isArray(sent)) return undefined;
  return Object.fromEntries(
    Object.entries(sent)
      .slice(0, MOST.fields)
      .flatMap(([name, value]) => {
        const plain = name.length > LONGEST.name ? undefined : formValue(value);
        return plain === undefined ? [] : [[fieldNamed(name), plain]];
      }),
  );
}

function oneValue(sent: unknown): string | undefined {
  const plain = scalar.safeParse(sent);
  if (plain.success) return textOf(plain.data);
  const choice = CHOICE.safeParse(sent);
  const value: Scalar | undefined = choice.success ? scalar.safeParse(choice.data.value).data : undefined;
  return value === undefined ? undefined : textOf(value);
}

/** What was typed comes in here, by whatever form. */
function textOf(value: Scalar): string {
  return visibleText(cut(String(value), LONGEST.text));
}
