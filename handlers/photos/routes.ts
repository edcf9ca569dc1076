import type { Router } from '../../src/bot/router.ts';
import { choosePhoto, leavePhotos, listPhotos, movePhoto, putPhotoAside } from './move-photo.ts';
import { leaveCapture, takeCapture } from './take-capture.ts';
import { takePhotos } from './take-photos.ts';
import { OWN_WORK } from './work-at-hand.ts';

/** Photos that are sent, and those that turn out to be of another shop. */
export function routePhotos(router: Router): Router {
  return router
    .photos(takePhotos)
    .event('capture.taken', takeCapture)
    .event('capture.left', leaveCapture)
    .answer('photos.list', 'staff', OWN_WORK, listPhotos)
    .answer('photos.choose', 'staff', OWN_WORK, choosePhoto)
    .answer('photos.leave', 'staff', OWN_WORK, leavePhotos)
    .command('photos.move', 'staff', OWN_WORK, movePhoto)
    .command('photos.aside', 'staff', OWN_WORK, putPhotoAside);
}
