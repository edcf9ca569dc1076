import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { ExampleName } from '../../cards/view.ts';
import { readMediaId, writeMediaId } from '../../models/settings.ts';
import type { Platform } from './platform.ts';
import type { CardImages } from './render-cards.ts';

const EXAMPLES: Readonly<Record<ExampleName, URL>> = {
  storefront: new URL('../../cards/examples/storefront.jpg', import.meta.url),
};

/** The example pictures on cards: ours, uploaded once an app (design 6), and before any tap that shows them. */
export interface ExamplePictures extends CardImages {
  /** Uploads what this app does not have yet; safe to repeat. */
  upload(platform: Pick<Platform, 'uploadImage'>): Promise<void>;
}

export function createExamplePictures(app: string): ExamplePictures {
  const mediaIds = new Map<string, string>();
  return {
    async addresses(keys) {
      return new Map(
        keys.flatMap((key) => {
          const mediaId = mediaIds.get(key);
          return mediaId === undefined ? [] : [[key, mediaId] as const];
        }),
      );
    },
    async upload(platform) {
      for (const [name, file] of Object.entries(EXAMPLES)) {
        const bytes = await readFile(file);
        const picture = `${name}:${createHash('sha256').update(bytes).digest('hex').slice(0, 16)}`;
        const mediaId =
          (await readMediaId(app, picture)) ?? (await platform.uploadImage({ bytes, fileName: `${name}.jpg` }));
        await writeMediaId(app, picture, mediaId);
        mediaIds.set(`example:${name}`, mediaId);
      }
    },
  };
}
