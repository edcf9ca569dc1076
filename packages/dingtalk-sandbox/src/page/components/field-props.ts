import type { FieldValue } from '../../protocol/form-values.ts';
import type { RenderedField } from '../../protocol/page-protocol.ts';

/** What every field of a form is given. */
export interface FieldProps {
  readonly id: string;
  readonly field: RenderedField;
  readonly value: FieldValue | undefined;
  readonly problem: string | undefined;
  readonly disabled: boolean;
  /** Told what becomes of what stands in it by then, which may not be drawn yet. */
  readonly onChange: (by: (now: FieldValue | undefined) => FieldValue) => void;
}

/** What ties a control to its complaint and says that it must be filled in. */
export function fieldState({ id, field, problem }: FieldProps) {
  return {
    'aria-required': field.required || undefined,
    'aria-invalid': problem ? true : undefined,
    'aria-describedby': problem ? `${id}-problem` : undefined,
  } as const;
}
