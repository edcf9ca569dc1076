import { menuButton, plain, primary } from '../buttons.ts';
import { escapeMarkdown, markdownText } from '../markdown.ts';
import { shortList } from '../short-list.ts';
import { shorten } from '../shorten.ts';
import type { T } from '../text.ts';
import type { CardImage, CardView, PictureRef } from '../view.ts';
import { type InspectionJob, inspectionHead, lastNote } from './job.ts';
import { mapLink } from './map-link.ts';

export interface ShopFrontModel {
  readonly job: InspectionJob;
  readonly address: string;
  /** The photo that was submitted, as far as it is known here, and the one of today: SHA-256. */
  readonly submitted?: string | undefined;
  readonly found?: string | undefined;
  /** It was said how the shop is, and only the photo is missing. */
  readonly said: boolean;
}

const ADDRESS = 50;

/** *Shop front*: as it was submitted; a photo of today, and one tap when all matches. */
export function shopFront(model: ShopFrontModel, t: T): CardView {
  const { job, address, submitted, found, said } = model;
  const map = `[${t('inspection.map')}](${mapLink(job.shop, address)})`;
  const compare = submitted === undefined ? 'inspection.compareFront' : 'inspection.compareTwo';
  const ask = found !== undefined ? compare : said ? 'inspection.photoMissing' : 'inspection.sendFront';
  return {
    ...inspectionHead(t, job, t('inspection.front')),
    body: [
      ...lastNote(t, job),
      markdownText(t, 'inspection.submittedShop', { shop: shorten(job.shop, 40) }),
      `${escapeMarkdown(shorten(address, ADDRESS))} · ${map}`,
      t(ask),
    ],
    captures: found === undefined,
    images: beside(t, submitted, found),
    actions: [
      (found === undefined ? plain : primary)(t('button.everythingMatches'), 'inspection.matches'),
      plain(t('button.somethingDiffers'), 'inspection.part', { part: 'differs' }),
      plain(t('button.cannotInspect'), 'inspection.part', { part: 'cannot' }),
      menuButton(t),
    ],
  };
}

/** The submitted photo, and the one that was found beside it. */
export function beside(t: T, submitted: string | undefined, found: string | undefined): readonly CardImage[] {
  const shown = [
    ...(submitted === undefined ? [] : [t('inspection.photoSubmitted')]),
    ...(found === undefined ? [] : [t('inspection.photoFound')]),
  ];
  return besidePicture(submitted, found).map((picture) => ({ ...picture, alt: shortList(t.language, shown) }));
}

/** What `beside` shows: whoever shows the way to such a card has it ready. */
export function besidePicture(submitted: string | undefined, found: string | undefined): readonly PictureRef[] {
  if (submitted !== undefined && found !== undefined) return [{ kind: 'sheet', photos: [submitted, found] }];
  const sha256 = submitted ?? found;
  return sha256 === undefined ? [] : [{ kind: 'photo', sha256 }];
}
