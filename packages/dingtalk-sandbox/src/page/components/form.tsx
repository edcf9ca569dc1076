import { useContext, useId, useRef, useState } from 'preact/hooks';
import {
  draftAfter,
  type FieldValue,
  type FormDraft,
  keep,
  problemsOf,
  submittedForm,
} from '../../protocol/form-values.ts';
import type { RenderedForm } from '../../protocol/page-protocol.ts';
import { sentForm, tap, tapKey, waitingTaps } from '../state/taps.ts';
import { words } from '../state/words.ts';
import { CardContext } from './card-context.ts';
import { FormField } from './form-field.tsx';
import { useCurrent } from './use-current.ts';

const CONTROL = 'form';

/**
 * A card's form. What is typed lives here, as in DingTalk's client (dingtalk 4.4, 9.2): kept while the card is redrawn, and by the
 * fields' names for the card's next form; gone when the chat is left.
 */
export function Form({ form }: { readonly form: RenderedForm }) {
  const { outTrackId, viewer, kept = new Map() } = useContext(CardContext);
  // at once, not after the next drawing: by then the card may show another form
  const keeping = (now: FormDraft): FormDraft => {
    keep(form.fields, now, kept);
    return now;
  };
  const draft = useCurrent<FormDraft>(() => keeping(draftAfter(form.fields, kept)));
  const [problems, setProblems] = useState<Readonly<Record<string, string>>>({});
  const root = useRef<HTMLFormElement>(null);
  const id = useId();
  const waiting = waitingTaps.value.has(tapKey(outTrackId, CONTROL));

  const change = (name: string, by: (now: FieldValue | undefined) => FieldValue): void => {
    draft.change((now) => keeping({ ...now, [name]: by(now[name]) }));
    // A complaint goes as soon as it is met; a new one waits for the next try.
    setProblems((told) => {
      if (told[name] === undefined) return told;
      return without(told, name, problemsOf(form.fields, draft.now(), words.value.card)[name]);
    });
  };
  const submit = (): void => {
    const found = problemsOf(
      form.fields.filter((field) => !field.hidden),
      draft.now(),
      words.value.card,
    );
    setProblems(found);
    const first = form.fields.find((field) => found[field.name] !== undefined);
    if (first) {
      requestAnimationFrame(() => focusField(root.current, first.name));
      return;
    }
    const params = { ...form.params, form: submittedForm(form.fields, draft.now()) };
    sentForm.value = outTrackId;
    void tap(outTrackId, CONTROL, { userId: viewer, actionId: form.actionId, params });
  };
  const wrong = form.fields.filter(({ name }) => problems[name] !== undefined).map(({ label }) => label);
  return (
    <form
      ref={root}
      class="form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      {form.fields
        .filter((field) => !field.hidden)
        .map((field) => (
          <FormField
            key={field.name}
            id={`${id}-${field.name}`}
            field={field}
            value={draft.drawn[field.name]}
            problem={problems[field.name]}
            disabled={form.disabled || field.readOnly === true}
            onChange={(by) => change(field.name, by)}
          />
        ))}
      <button
        type="submit"
        class="button button-blue"
        disabled={form.disabled}
        aria-busy={waiting}
        aria-disabled={waiting || undefined}
      >
        {waiting && <span class="spinner" aria-hidden="true" />}
        {form.submitLabel}
      </button>
      {wrong.length > 0 && (
        <p class="field-problem" role="status" data-testid="form-problems">
          {words.value.card.fillIn(wrong.join(', '))}
        </p>
      )}
    </form>
  );
}

function without(
  problems: Readonly<Record<string, string>>,
  name: string,
  still: string | undefined,
): Readonly<Record<string, string>> {
  const { [name]: _met, ...others } = problems;
  return still === undefined ? others : { ...others, [name]: still };
}

function focusField(form: HTMLFormElement | null, name: string): void {
  const field = [...(form?.querySelectorAll('[data-field]') ?? [])].find(
    (one) => one.getAttribute('data-field') === name,
  );
  field?.querySelector<HTMLElement>('input, select, textarea')?.focus();
}
