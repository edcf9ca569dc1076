import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import sharp from 'sharp';
import { say } from './chat-page.ts';

/** Images further up are loaded only when they are scrolled to. */
const IMAGES_IN_VIEW_ARE_DRAWN = `Promise.allSettled([...document.images].filter((image) => {
  const { top, bottom } = image.getBoundingClientRect();
  return bottom > 0 && top < innerHeight;
}).map((image) => image.decode()))`;

/** How the person with this phone uses the chat page: by what stands on it, as a thumb and two eyes do. */
export class Phone {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** Waits until all these words stand together on one thing that the bot said. */
  async sees(...words: readonly (string | RegExp)[]): Promise<void> {
    await this.#said(words).last().waitFor();
  }

  async says(text: string): Promise<void> {
    await say(this.page, text);
  }

  /** Taps the lowest button of this name. */
  async taps(name: string): Promise<void> {
    await this.page.getByTestId('card').getByRole('button', { name, exact: true }).last().click();
  }

  /** Types into the lowest form, by the fields' names, and sends it unless told otherwise. */
  async fills(answers: Readonly<Record<string, string | boolean>>, { send = true } = {}): Promise<void> {
    const form = this.page.locator('form.form').last();
    for (const [name, answer] of Object.entries(answers)) {
      const field = form.locator(`[data-field^="${name}_"]`).locator('input, select, textarea');
      if (typeof answer === 'boolean') await field.setChecked(answer);
      else if (await field.evaluate((control) => control.matches('select'))) await field.selectOption(answer);
      else await field.fill(answer);
    }
    if (send) await form.locator('button[type=submit]').click();
  }

  /** What stands in a field of the lowest form. */
  async holds(name: string): Promise<string> {
    return this.page
      .locator('form.form')
      .last()
      .locator(`[data-field^="${name}_"]`)
      .locator('input, select')
      .inputValue();
  }

  /** Sends these pictures as one message, through the file input. */
  async sends(...pictures: readonly Buffer[]): Promise<void> {
    const files = pictures.map((buffer, index) => ({ name: `photo-${index + 1}.jpg`, mimeType: 'image/jpeg', buffer }));
    await this.page.getByTestId('picture-input').setInputFiles(files);
  }

  /** Puts the phone down and takes up another person's. */
  async becomes(userId: string): Promise<void> {
    await this.page.getByRole('link', { name: 'All chats' }).click();
    await this.page.getByRole('link', { name: 'Choose another person' }).click();
    await this.page.getByTestId(`person-${userId}`).click();
  }

  /** How wide the page is, pixels; more than the window means that something must be scrolled sideways. */
  async width(): Promise<number> {
    return this.page.evaluate<number>('document.documentElement.scrollWidth');
  }

  /** Keeps the screen as it is now, when a folder for it is named. */
  async keepsScreen(name: string): Promise<void> {
    await this.#keep(name, this.page);
  }

  /** Keeps the lowest card alone and whole, however tall it is. */
  async keepsCard(name: string): Promise<void> {
    const size = this.page.viewportSize();
    if (!size || !process.env.SCREENSHOT_DIR) return;
    await this.page.setViewportSize({ ...size, height: 1600 });
    await this.#keep(name, this.page.getByTestId('card').last());
    await this.page.setViewportSize(size);
  }

  async #keep(name: string, what: Page | Locator): Promise<void> {
    const folder = process.env.SCREENSHOT_DIR;
    if (!folder) return;
    const path = join(folder, `${name}.png`);
    await mkdir(dirname(path), { recursive: true });
    await this.page.evaluate(IMAGES_IN_VIEW_ARE_DRAWN);
    await this.page.mouse.move(0, 0);
    const picture = await what.screenshot({ animations: 'disabled' });
    await sharp(picture).png({ palette: true, colours: 96, effort: 10 }).toFile(path);
  }

  #said(words: readonly (string | RegExp)[]): Locator {
    const said = this.page.locator('[data-testid=entry].entry-theirs');
    return words.reduce((found, hasText) => found.filter({ hasText }), said);
  }
}
