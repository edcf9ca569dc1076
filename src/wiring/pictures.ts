import { gridFsPhotoStore } from '../../models/photo-files.ts';
import type { PhotoStore } from '../../models/photo-store.ts';
import { currentProgramme } from '../../models/programme-in-use.ts';
import type { CardImages } from '../delivery/card-images.ts';
import { createLinkedImages } from '../delivery/linked-images.ts';
import { createUploadedImages } from '../delivery/uploaded-images.ts';
import { contactSheet } from '../media/contact-sheet.ts';
import { filePhotoStore } from '../media/file-photo-store.ts';
import { createPhonePhotos } from '../media/phone-photos.ts';
import { createPhotoLinks, type PhotoLinks } from '../media/photo-links.ts';
import { qrJpeg } from '../media/qr-picture.ts';
import type { Platform } from '../platform/platform.ts';
import type { Services } from './services.ts';

/** Where photos are kept, and how they come onto cards: by links where phones reach the bot's web, else uploaded. */
export interface Pictures {
  readonly store: PhotoStore;
  readonly phonePhoto: ReturnType<typeof createPhonePhotos>;
  /** Several of them in one picture, the programme's example of that name behind them. */
  readonly sheet: (contentHashes: readonly string[], example?: string) => Promise<Buffer | undefined>;
  readonly links: PhotoLinks;
  readonly images: CardImages;
}

export function createPictures({ config, ...services }: Services, platform: Platform): Pictures {
  const store = config.mongodbUri === undefined ? filePhotoStore(config.dataDir) : gridFsPhotoStore();
  const phonePhoto = createPhonePhotos(store);
  const sheet = async (contentHashes: readonly string[], example?: string) =>
    await contactSheet([
      ...(await Promise.all(contentHashes.map(phonePhoto))),
      ...(example === undefined ? [] : [exampleNow(example)]),
    ]);
  const links = createPhotoLinks(config.dataKey, () => services.clock.now());
  const images =
    config.publicUrl === undefined
      ? createUploadedImages({
          app: config.dingtalk.clientId,
          platform,
          photo: phonePhoto,
          sheet,
          example: exampleNow,
          code: qrJpeg,
          patienceMs: 5_000,
          ...services,
        })
      : createLinkedImages(config.publicUrl, links.tokenFor);
  return { store, phonePhoto, sheet, links, images };
}

/** A picture of the programme that is worked by at this moment. */
export function exampleNow(name: string): Uint8Array | undefined {
  return currentProgramme().pictures.get(name);
}
