import type { FieldValue } from '../../protocol/form-values.ts';
import { words } from '../state/words.ts';
import { FieldLabel } from './field-label.tsx';
import { type FieldProps, fieldState } from './field-props.ts';

/** Several texts, one a line, as many as are wanted. */
export function TextListField(props: FieldProps) {
  const { id, field, value, disabled, onChange } = props;
  const texts = textsIn(value);
  const change = (at: number, text: string): void =>
    onChange((now) => textsIn(now).map((one, index) => (index === at ? text : one)));
  return (
    <fieldset class="text-list">
      <legend class="field-label">
        <FieldLabel field={field} />
      </legend>
      {texts.map((text, index) => (
        <div class="text-list-row" key={`${id}-${index}`}>
          <input
            {...fieldState(props)}
            aria-label={`${field.label} ${index + 1}`}
            class="input"
            type="text"
            autoComplete="off"
            value={text}
            disabled={disabled}
            {...(field.placeholder !== undefined && { placeholder: field.placeholder })}
            onInput={(event) => change(index, event.currentTarget.value)}
          />
          {texts.length > 1 && (
            <button
              type="button"
              class="link-button"
              aria-label={words.value.card.removeOne(`${field.label} ${index + 1}`)}
              disabled={disabled}
              onClick={() => onChange((now) => textsIn(now).filter((_, at) => at !== index))}
            >
              {words.value.write.remove}
            </button>
          )}
        </div>
      ))}
      <button
        type="button"
        class="link-button"
        disabled={disabled}
        onClick={() => onChange((now) => [...textsIn(now), ''])}
      >
        {words.value.card.add}
      </button>
    </fieldset>
  );
}

function textsIn(value: FieldValue | undefined): readonly string[] {
  return Array.isArray(value) && value.length > 0 ? value : [''];
}
