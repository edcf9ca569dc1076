import type { RenderedField } from '@field/dingtalk-sandbox/page-protocol';
import type { Answer } from '../world/form-answers.ts';
import type { Chance } from './chance.ts';

/** How often a field that may be left out is filled in. */
const OPTIONAL = 0.4;
/** How often a box is ticked: one that is not brings a failed review, and so a modification. */
const TICKED = 0.85;

/** Fills in any form by the types of its fields; no text is ever written twice. */
export class FormFilling {
  readonly #name: string;
  readonly #chance: Chance;
  #written = 0;

  constructor(name: string, chance: Chance) {
    this.#name = name;
    this.#chance = chance;
  }

  /** By the field's label. */
  answers(fields: readonly RenderedField[]): Record<string, Answer> {
    const filled: Record<string, Answer> = {};
    for (const field of fields) {
      if (field.hidden || field.readOnly) continue;
      const mayBeLeft = !field.required && field.type !== 'CHECKBOX' && field.type !== 'NUMBER' && !isAmount(field);
      if (mayBeLeft && !this.#chance.happens(OPTIONAL)) continue;
      filled[field.label] = this.#answer(field);
    }
    return filled;
  }

  #answer({ type, label, required, options = [] }: RenderedField): Answer {
    switch (type) {
      case 'CHECKBOX':
      case 'SWITCH':
        return required || this.#chance.happens(TICKED);
      case 'NUMBER':
        return this.#chance.whole(1, 2);
      case 'SELECT':
        return this.#chance.oneOf(options)?.value ?? '';
      case 'MULTI_SELECT':
      case 'MULTI_CHECKBOX_GROUP':
        return [this.#chance.oneOf(options)?.value ?? ''];
      default:
        return this.#text(label);
    }
  }

  #text(shown: string): string {
    this.#written += 1;
    const word = `${this.#name}-${this.#written}`;
    // what was wrong the last time stands behind it
    const [label = ''] = shown.split(' · ! ');
    if (isAmount({ label })) return String(this.#chance.whole(1, 2));
    if (/mail/i.test(label)) return `${word}@shop.example`;
    if (/website/i.test(label)) return `https://${word}.example`;
    if (/phone/i.test(label)) return `+66 81 ${String(2_000_000 + this.#written)}`;
    return `Word ${word}`;
  }
}

/** It is text, since a client's field for numbers is too strict for it. */
function isAmount({ label }: Pick<RenderedField, 'label'>): boolean {
  return label.startsWith('Amount');
}
