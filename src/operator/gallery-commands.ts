import { changeGallery } from '../../models/isos.ts';
import { isoSwitch } from './iso-switch.ts';

export const gallery = isoSwitch({
  field: 'gallery',
  what: 'whether photos may be chosen from the gallery, on the page that takes them',
  listed: 'lists of which ISOs the people may choose photos from the gallery, on the page that takes them',
  on: {
    name: 'allow',
    what: "lets an ISO's people choose photos from the gallery, on the page that takes them",
    word: 'gallery',
    say: (iso) => `People of ${iso} may choose photos from the gallery.`,
  },
  off: {
    name: 'forbid',
    what: "has an ISO's people take photos by the camera alone, on that page, as at the beginning",
    word: 'camera alone',
    say: (iso) => `People of ${iso} take photos by the camera.`,
  },
  audited: 'iso.gallery',
  change: changeGallery,
});
