import type { FieldValue } from '../../protocol/form-values.ts';
import { words } from '../state/words.ts';
import { FieldLabel } from './field-label.tsx';
import { type FieldProps, fieldState } from './field-props.ts';

/** All options to be seen at once: one of them, or several. */
export function ChoiceField(props: FieldProps) {
  const { id, field, value, disabled, onChange } = props;
  const single = field.type === 'CHECKBOX_GROUP';
  const chosen = chosenIn(value);
  const toggle = (option: string, on: boolean): void =>
    onChange((now) => {
      if (single) return option;
      const others = chosenIn(now).filter((one) => one !== option);
      return on ? [...others, option] : others;
    });
  const { 'aria-describedby': describedBy, 'aria-invalid': invalid } = fieldState(props);
  return (
    <fieldset class="choices" aria-describedby={describedBy}>
      <legend class="field-label">
        <FieldLabel field={field} />
        {field.required && <span class="hidden"> {words.value.card.required}</span>}
      </legend>
      {field.options?.map((option, index) => (
        <label class="tick" key={option.value} for={`${id}-${index}`}>
          <input
            id={`${id}-${index}`}
            type={single ? 'radio' : 'checkbox'}
            name={single ? id : `${id}-${index}`}
            value={option.value}
            checked={chosen.includes(option.value)}
            disabled={disabled}
            aria-invalid={invalid}
            onChange={(event) => toggle(option.value, event.currentTarget.checked)}
          />
          <span>{option.text}</span>
        </label>
      ))}
    </fieldset>
  );
}

function chosenIn(value: FieldValue | undefined): readonly string[] {
  if (typeof value === 'string') return [value];
  return Array.isArray(value) ? value : [];
}
