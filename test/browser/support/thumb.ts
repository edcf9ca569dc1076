import type { Page } from 'playwright-core';

/** A thumb that counts. Filling in a text field is one tap, like any other. */
export class Thumb {
  taps = 0;
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  async tries(name: string): Promise<void> {
    this.taps += 1;
    await this.#page.getByTestId(`try-${name}`).click();
  }

  /** The lowest button of the chat that is called like this. */
  async button(name: string | RegExp): Promise<void> {
    this.taps += 1;
    await this.#page.getByTestId('entries').getByRole('button', { name, exact: true }).last().click();
  }

  async link(name: string): Promise<void> {
    this.taps += 1;
    await this.#page.getByRole('link', { name, exact: true }).click();
  }

  async field(name: string, answer: string | true): Promise<void> {
    this.taps += 1;
    const field = this.#page.locator('form.form').last().locator(`[data-field^="${name}_"]`);
    const control = field.locator('input, select, textarea');
    if (answer === true) await control.check();
    else if (await control.evaluate((one) => one.matches('select'))) await control.selectOption(answer);
    else await control.fill(answer);
  }

  /** Sends the sample that the page offers next, which must be this one. */
  async sample(name: string): Promise<void> {
    this.taps += 1;
    await this.#page.locator(`.sample-next[data-testid=sample-${name}]`).click();
  }
}
