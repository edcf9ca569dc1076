import type { PhotoStore } from '../../../models/photo-store.ts';
import { isStoredForAnother, photoReleased, type StoredPhoto } from '../../../models/photos.ts';
import { anyPictureUnderWay } from '../../../models/pictures.ts';
import { submissionsLeft } from '../../../models/submissions.ts';
import { forgetUpload } from '../../../models/uploads.ts';

export interface PhotoRelease {
  readonly photos: PhotoStore;
  /** The DingTalk app for which it was uploaded. */
  readonly app: string;
}

/**
 * Lets go of photos: their bytes go unless another photo is kept as the same, and their rows unless they back something. What is sent
 * again at this moment is never lost: set aside first, then looked for as a picture under way, then as a photo. Answers how many went; the
 * others wait until no picture or submission is under way.
 */
export async function releasePhotos(photos: readonly StoredPhoto[], release: PhotoRelease): Promise<number> {
  if (photos.length === 0 || (await submissionsLeft()) > 0) return 0;
  let released = 0;
  for (const photo of photos) if (await releasePhoto(photo, release)) released += 1;
  return released;
}

async function releasePhoto(photo: StoredPhoto, { photos, app }: PhotoRelease): Promise<boolean> {
  const { contentHash } = photo;
  if (!(await isStoredForAnother(photo))) {
    await photos.setAside(contentHash);
    const isOnItsWay = await anyPictureUnderWay();
    const isNeeded = isOnItsWay || (await isStoredForAnother(photo));
    await (isNeeded ? photos.bringBack(contentHash) : photos.removeAside(contentHash));
    if (isOnItsWay) return false;
    if (!isNeeded) await forgetUpload(app, contentHash);
  }
  await photoReleased(photo);
  return true;
}
