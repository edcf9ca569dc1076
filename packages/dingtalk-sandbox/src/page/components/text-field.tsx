import { FieldLabel } from './field-label.tsx';
import { type FieldProps, fieldState } from './field-props.ts';

const MOMENTS: Readonly<Record<string, 'date' | 'time' | 'datetime-local'>> = {
  DATE: 'date',
  TIME: 'time',
  DATETIME: 'datetime-local',
};

/** One line, several lines, a number, a date or a time, or one of a list. */
export function TextField(props: FieldProps) {
  return (
    <>
      <label class="field-label" for={props.id}>
        <FieldLabel field={props.field} />
      </label>
      <TextControl {...props} />
    </>
  );
}

/** An amount is a text, since the field for numbers refuses `1,250`; its example ends with a number. */
function isNumeric({ type, placeholder = '' }: FieldProps['field']): boolean {
  return type === 'NUMBER' || /(^|\s)\d[\d.,]*$/.test(placeholder);
}

function TextControl(props: FieldProps) {
  const { id, field, value, disabled } = props;
  const onChange = (text: string): void => props.onChange(() => text);
  const shared = {
    id,
    name: field.name,
    disabled,
    class: 'input',
    value: typeof value === 'string' ? value : '',
    placeholder: field.placeholder,
    ...fieldState(props),
  };
  switch (field.type) {
    case 'SELECT':
      return (
        <select {...shared} onChange={(event) => onChange(event.currentTarget.value)}>
          <option value="">{field.placeholder ?? '—'}</option>
          {field.options?.map((option) => (
            <option key={option.value} value={option.value}>
              {option.text}
            </option>
          ))}
        </select>
      );
    case 'TEXT_AREA':
      return <textarea {...shared} rows={3} onInput={(event) => onChange(event.currentTarget.value)} />;
    default: {
      const typed = {
        ...shared,
        autoComplete: 'off',
        onInput: (event: { readonly currentTarget: HTMLInputElement }) => onChange(event.currentTarget.value),
      };
      const moment = MOMENTS[field.type];
      if (moment) return <input {...typed} type={moment} />;
      return <input {...typed} type="text" inputMode={isNumeric(field) ? 'decimal' : undefined} />;
    }
  }
}
