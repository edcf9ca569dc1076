import type { FieldValue } from '../../protocol/form-values.ts';
import type { RenderedField } from '../../protocol/page-protocol.ts';

/** What every field of a form is given. */
export interface FieldProps {
  readonly id: string;
  readonly field: RenderedField;
  readonly value: FieldValue | undefined;
  readonly problem: string | undefined;
  readonly disabled: boolean;
  readonly onChange: (value: FieldValue) => void;
}

/** What ties a control to its complaint and says that it must be filled in. */
export function fieldState({ id, field, problem }: FieldProps) {
  return {
    'aria-required': field.required || undefined,
    'aria-invalid': problem ? true : undefined,
    'aria-describedby': problem ? `${id}-problem` : undefined,
  } as const;
}
