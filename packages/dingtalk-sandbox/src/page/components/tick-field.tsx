import { FieldLabel } from './field-label.tsx';
import { type FieldProps, fieldState } from './field-props.ts';

/** One thing that is so or not: a box to tick, or a switch. */
export function TickField(props: FieldProps) {
  const { id, field, value, disabled, onChange } = props;
  const isSwitch = field.type === 'SWITCH';
  return (
    <label class={isSwitch ? 'tick tick-switch' : 'tick'} for={id}>
      <input
        {...fieldState(props)}
        id={id}
        name={field.name}
        type="checkbox"
        role={isSwitch ? 'switch' : undefined}
        checked={value === true}
        disabled={disabled}
        onChange={({ currentTarget: { checked } }) => onChange(() => checked)}
      />
      <span>
        <FieldLabel field={field} />
      </span>
    </label>
  );
}
