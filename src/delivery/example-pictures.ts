import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { ExampleName } from '../../cards/view.ts';
import { readMediaId, writeMediaId } from '../../models/settings.ts';
import type { Platform } from './platform.ts';
import type { CardImages } from './render-cards.ts';

/** Our example pictures, by name: JPEG files. */
export const EXAMPLES: Readonly<Record<ExampleName, URL>> = {
  storefront: new URL('../../cards/examples/storefront.jpg', import.meta.url),
};

/** The example pictures on cards: ours, uploaded once an app (design 6), and before any tap that shows them. */
export interface ExamplePictures extends CardImages {
  /** Uploads what this app does not have yet; safe to repeat. */
  upload(platform: Pick<Platform, 'uploadImage'>): Promise<void>;
}

/** With a `publicUrl` phones fetch them from the bot's own web, and nothing is uploaded. */
export function createExamplePictures(app: string, publicUrl?: string): ExamplePictures {
  const shown = new Map<string, string>();
  if (publicUrl !== undefined) {
    for (const name of Object.keys(EXAMPLES)) shown.set(`example:${name}`, `${publicUrl}/examples/${name}.jpg`);
  }
  return {
    async addresses(keys) {
      return new Map(
        keys.flatMap((key) => {
          const address = shown.get(key);
          return address === undefined ? [] : [[key, address] as const];
        }),
      );
    },
    async upload(platform) {
      if (publicUrl !== undefined) return;
      for (const [name, file] of Object.entries(EXAMPLES)) {
        const bytes = await readFile(file);
        const picture = `${name}:${createHash('sha256').update(bytes).digest('hex').slice(0, 16)}`;
        const mediaId =
          (await readMediaId(app, picture)) ?? (await platform.uploadImage({ bytes, fileName: `${name}.jpg` }));
        await writeMediaId(app, picture, mediaId);
        shown.set(`example:${name}`, mediaId);
      }
    },
  };
}
