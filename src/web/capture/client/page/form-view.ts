import type { CaptureField, CaptureForm } from '../protocol.ts';
import { element, say } from './elements.ts';
import { filled, type PageTexts } from './texts.ts';

/** What somebody put into a form and was not drawn so, by the names of its fields. */
export type FilledValues = Readonly<Record<string, string | readonly string[]>>;

export interface FormOptions {
  readonly texts: PageTexts;
  /** Answers whether it is kept. */
  readonly onFilled: (form: CaptureForm, values: FilledValues) => Promise<boolean>;
}

/** A field on the page: what is in it, and where it is typed. */
interface FieldView {
  readonly field: CaptureField;
  readonly root: HTMLElement;
  readonly value: () => string | readonly string[];
}

/** How long the bot may take with a form once it has left the phone. */
const ANSWERED_WITHIN_MS = 6_000;

/**
 * A form on the page. Its fields stay as they are while somebody types, whatever the bot says meanwhile; what was sent stays shut until the bot
 * has answered.
 */
export class FormView {
  readonly root: HTMLDetailsElement;
  readonly #texts: PageTexts;
  readonly #options: FormOptions;
  #form: CaptureForm;
  #fields: readonly FieldView[] = [];
  #drawn = '';
  #isNext = false;
  /** The turn in which it was sent, and when it had left the phone. */
  #sent: { readonly turn: string; gone?: number } | undefined;
  readonly #title = element('summary');
  readonly #hint = element('p', { class: 'hint' });
  readonly #problem = element('p', { class: 'problem', role: 'status' });
  readonly #inputs = element('fieldset', { class: 'fields' });

  constructor(form: CaptureForm, options: FormOptions) {
    this.#form = form;
    this.#texts = options.texts;
    this.#options = options;
    const save = element('button', { type: 'submit' }, options.texts.save);
    const asked = element('form', {}, this.#inputs);
    this.root = element('details', { class: 'ask' }, this.#title, this.#hint, this.#problem, asked);
    asked.append(save);
    asked.onsubmit = (event) => {
      event.preventDefault();
      void this.#send();
    };
  }

  /** Whether the bot has not answered yet what was sent. */
  get isAwaited(): boolean {
    return this.#sent !== undefined;
  }

  /** `waiting`: how many of this form are still on this phone. */
  show(form: CaptureForm, waiting: number, now: number): void {
    this.#form = form;
    this.#settle(form, waiting, now);
    say(this.#title, filled(this.#texts.fillIn, { title: form.title }));
    const drawn = JSON.stringify([form.turn, form.fields]);
    if (drawn !== this.#drawn && !this.isAwaited && (this.#drawn === '' || !this.#isTyped())) this.#draw(form, drawn);
    say(this.#hint, form.hint);
    say(this.#problem, this.isAwaited ? undefined : form.says);
    this.#lock(this.isAwaited || waiting > 0);
    // where the chat stands is before them, unless they are somewhere else already
    if (form.isNext && !this.#isNext) this.root.open = true;
    this.#isNext = form.isNext;
  }

  #settle({ turn }: CaptureForm, waiting: number, now: number): void {
    const sent = this.#sent;
    if (sent === undefined) return;
    if (waiting === 0) sent.gone ??= now;
    const isLate = sent.gone !== undefined && Math.abs(now - sent.gone) > ANSWERED_WITHIN_MS;
    if (turn === sent.turn && !isLate) return;
    this.#sent = undefined;
    // what the bot kept of it is shown anew
    this.#drawn = '';
  }

  #draw({ fields }: CaptureForm, drawn: string): void {
    this.#drawn = drawn;
    this.#fields = fields.map(fieldView);
    this.#inputs.replaceChildren(...this.#fields.map(({ root }) => root));
  }

  #isTyped(): boolean {
    return Object.keys(this.#changed()).length > 0;
  }

  #changed(): FilledValues {
    const changed: Record<string, string | readonly string[]> = {};
    for (const { field, value } of this.#fields) {
      const now = value();
      if (JSON.stringify(now) !== JSON.stringify(drawnValue(field))) changed[field.name] = now;
    }
    return changed;
  }

  async #send(): Promise<void> {
    if (this.isAwaited) return;
    this.#sent = { turn: this.#form.turn };
    this.#lock(true);
    if (await this.#options.onFilled(this.#form, this.#changed())) return;
    this.#sent = undefined;
    this.#lock(false);
  }

  #lock(shut: boolean): void {
    this.#inputs.disabled = shut;
    const button = this.root.querySelector<HTMLButtonElement>('button[type=submit]');
    if (button !== null) button.disabled = shut;
  }
}

/** What is in a field as it is drawn, in the shape in which it goes back. */
function drawnValue({ type, value, options = [] }: CaptureField): string | readonly string[] {
  const isOption = (one: string): boolean => options.some((option) => option.value === one);
  if (type === 'MULTI_SELECT') return typeof value === 'object' ? value.filter(isOption) : [];
  if (typeof value !== 'string') return type === 'CHECKBOX' ? 'false' : '';
  if (type === 'CHECKBOX') return String(value === 'true');
  return type === 'SELECT' && !isOption(value) ? '' : value;
}

function fieldView(field: CaptureField): FieldView {
  switch (field.type) {
    case 'CHECKBOX': {
      const input = element('input', { type: 'checkbox' });
      input.checked = drawnValue(field) === 'true';
      return { field, root: ticked(input, field.label), value: () => String(input.checked) };
    }
    case 'MULTI_SELECT': {
      const drawn = drawnValue(field);
      const inputs = (field.options ?? []).map(({ value, text }) => {
        const input = element('input', { type: 'checkbox', value });
        input.checked = drawn.includes(value);
        return { input, root: ticked(input, text) };
      });
      const root = element('fieldset', {}, element('legend', {}, field.label), ...inputs.map((one) => one.root));
      return { field, root, value: () => inputs.filter(({ input }) => input.checked).map(({ input }) => input.value) };
    }
    case 'SELECT': {
      const options = (field.options ?? []).map(({ value, text }) => element('option', { value }, text));
      const select = element('select', {}, element('option', { value: '' }, field.placeholder ?? '…'), ...options);
      return typed(field, select);
    }
    case 'TEXT_AREA':
      return typed(field, element('textarea', { rows: '3', maxlength: '2000', autocomplete: 'off' }));
    case 'NUMBER':
      return typed(
        field,
        element('input', { type: 'text', inputmode: 'decimal', maxlength: '40', autocomplete: 'off' }),
      );
    case 'DATE':
      return typed(field, element('input', { type: 'date' }));
    case 'TEXT':
      return typed(field, element('input', { type: 'text', maxlength: '2000', autocomplete: 'off' }));
  }
}

function ticked(input: HTMLInputElement, text: string): HTMLElement {
  return element('label', { class: 'tick' }, input, text);
}

function typed(field: CaptureField, input: HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement): FieldView {
  const { required = false, requiredMessage, placeholder } = field;
  const drawn = drawnValue(field);
  input.value = typeof drawn === 'string' ? drawn : '';
  input.required = required;
  if (placeholder !== undefined) input.setAttribute('placeholder', placeholder);
  input.oninvalid = () => {
    if (input.validity.valueMissing && requiredMessage !== undefined) input.setCustomValidity(requiredMessage);
  };
  input.oninput = () => input.setCustomValidity('');
  return { field, root: element('label', {}, field.label, input), value: () => input.value };
}
