/** The element of the page with this id, as the bot wrote it. */
export function part(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`the page has no #${id}`);
  return found;
}

type Attributes = Readonly<Record<string, string>>;

/** An element with its attributes and what is in it; a text is a text, never markup. */
export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Attributes = {},
  ...inside: readonly (Node | string)[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...inside);
  return made;
}

/** A sentence, or nothing at all; told to a screen reader only where it changed. */
export function say(where: HTMLElement, text: string | undefined): void {
  if ((where.textContent ?? '') !== (text ?? '')) where.textContent = text ?? '';
  where.hidden = text === undefined || text === '';
}
