import type { CaptureAsk } from '../protocol.ts';
import { element, say } from './elements.ts';
import { filled, type PageTexts } from './texts.ts';

/** What a person does at one ask. */
export interface AskActions {
  photo(ask: CaptureAsk, file: File): void;
  scan(ask: CaptureAsk): void;
  typed(ask: CaptureAsk, code: string): void;
}

export interface AskOptions {
  readonly texts: PageTexts;
  readonly gallery: boolean;
  readonly actions: AskActions;
  /** Where a picture of the bot's lies from here. */
  readonly address: (path: string) => string;
}

/**
 * One ask on the page. Its elements stay the same as long as it is asked for: while the camera is open, the page behind it must not lose
 * the field that waits for the photo.
 */
export class AskView {
  readonly root: HTMLElement;
  readonly #texts: PageTexts;
  #ask: CaptureAsk;
  readonly #title = element('h3');
  readonly #hint = element('p', { class: 'hint' });
  readonly #count = element('p', { class: 'count' });
  readonly #problem = element('p', { class: 'problem', role: 'status' });
  readonly #thumbs = element('p', { class: 'thumbs' });
  readonly #typing: HTMLFormElement;

  constructor(ask: CaptureAsk, options: AskOptions) {
    this.#ask = ask;
    this.#texts = options.texts;
    this.#typing = this.#form(options);
    const ways = element('div', { class: 'ways' });
    if (ask.takes !== 'photo') ways.append(this.#scanButton(options));
    if (ask.takes !== 'code') ways.append(...this.#photoButtons(options));
    if (ask.takes !== 'photo') ways.append(this.#typeButton());
    this.root = element('article', { class: 'ask' }, this.#title, this.#hint, ...this.#example(options));
    this.root.append(this.#count, this.#problem, this.#thumbs, ways, this.#typing);
  }

  /** `waiting`: how many of this ask are still on this phone. */
  show(ask: CaptureAsk, waiting: number): void {
    this.#ask = ask;
    const { have, checking, onPhone } = this.#texts;
    say(this.#title, `${ask.have >= ask.most ? '✓ ' : ''}${ask.title}`);
    say(this.#hint, ask.hint);
    const parts = [filled(have, { have: ask.have, most: ask.most })];
    if (ask.checking > 0) parts.push(filled(checking, { count: ask.checking }));
    if (waiting > 0) parts.push(filled(onPhone, { count: waiting }));
    say(this.#count, parts.join(' · '));
    say(this.#problem, ask.says);
    this.root.classList.toggle('ask-done', ask.have >= ask.most);
  }

  /** What was just taken, from memory: it is gone with the page. */
  thumb(picture: Blob): void {
    const image = element('img', { alt: '', width: '64', height: '64' });
    const url = URL.createObjectURL(picture);
    image.onload = () => URL.revokeObjectURL(url);
    image.src = url;
    this.#thumbs.append(image);
  }

  #scanButton({ texts, actions }: AskOptions): HTMLElement {
    const button = element('button', { type: 'button', 'aria-describedby': this.#titleId() }, texts.scan);
    button.onclick = () => actions.scan(this.#ask);
    return button;
  }

  #photoButtons({ texts, gallery, actions }: AskOptions): HTMLElement[] {
    const camera = this.#picker(texts.photo, { capture: 'environment' }, actions);
    return gallery ? [camera, this.#picker(texts.gallery, {}, actions)] : [camera];
  }

  #picker(name: string, attributes: Readonly<Record<string, string>>, actions: AskActions): HTMLElement {
    const described = { 'aria-describedby': this.#titleId() };
    const input = element('input', { type: 'file', accept: 'image/*', ...described, ...attributes });
    input.onchange = () => {
      const [file] = input.files ?? [];
      if (file !== undefined) actions.photo(this.#ask, file);
      input.value = '';
    };
    const plain = this.#ask.takes === 'both' || !('capture' in attributes);
    return element('label', { class: plain ? 'button plain' : 'button' }, input, name);
  }

  #typeButton(): HTMLElement {
    const attributes = {
      type: 'button',
      class: 'plain',
      'aria-expanded': 'false',
      'aria-describedby': this.#titleId(),
    };
    const button = element('button', attributes, this.#texts.type);
    button.onclick = () => {
      this.#typing.hidden = !this.#typing.hidden;
      button.setAttribute('aria-expanded', String(!this.#typing.hidden));
      if (!this.#typing.hidden) this.#typing.querySelector('input')?.focus();
    };
    return button;
  }

  /** Opens the field for what is typed, as when nothing can be scanned. */
  offerTyping(): void {
    if (this.#typing.hidden) this.root.querySelector<HTMLButtonElement>('button[aria-expanded]')?.click();
  }

  #form({ texts, actions }: AskOptions): HTMLFormElement {
    const input = element('input', { type: 'text', autocomplete: 'off', autocapitalize: 'off', maxlength: '500' });
    const label = element('label', {}, texts.code, input);
    const form = element(
      'form',
      { class: 'typing', hidden: '' },
      label,
      element('button', { type: 'submit' }, texts.save),
    );
    form.onsubmit = (event) => {
      event.preventDefault();
      const code = input.value.trim();
      if (code === '') return input.focus();
      input.value = '';
      actions.typed(this.#ask, code);
    };
    return form;
  }

  #example({ texts, address }: AskOptions): HTMLElement[] {
    if (this.#ask.example === undefined) return [];
    const image = element('img', { src: address(this.#ask.example), alt: '', loading: 'lazy' });
    return [element('details', {}, element('summary', {}, texts.example), image)];
  }

  #titleId(): string {
    if (this.#title.id === '') this.#title.id = `ask-${this.#ask.slot.replace(/\W/g, '-')}`;
    return this.#title.id;
  }
}
