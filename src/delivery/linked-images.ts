import { imageKey } from '../../cards/params.ts';
import type { PictureRef } from '../../cards/view.ts';
import type { CardImages } from './card-images.ts';

/** Pictures that phones fetch from the bot's own web at `publicUrl`: photos under `photoToken`, and nothing is uploaded. */
export function createLinkedImages(publicUrl: string, photoToken: (contentHash: string) => string): CardImages {
  const addressOf = (picture: PictureRef): string => {
    switch (picture.kind) {
      case 'example':
        return `${publicUrl}/examples/${picture.name}.jpg`;
      case 'photo':
        return `${publicUrl}/photos/${photoToken(picture.sha256)}.jpg`;
      case 'sheet':
        return `${publicUrl}/photos/${picture.photos.map(photoToken).join('.')}${withExample(picture.example)}.jpg`;
      case 'code':
        return `${picture.address}/code.jpg`;
    }
  };
  return {
    find: async (pictures) => ({
      addresses: new Map(pictures.map((picture) => [imageKey(picture), addressOf(picture)])),
      awaited: [],
    }),
    getReady: async () => undefined,
    prepare: () => undefined,
    forget: () => undefined,
    close: async () => undefined,
  };
}

/** Behind the photos, where there is one. */
function withExample(name: string | undefined): string {
  return name === undefined ? '' : `~${name}`;
}
