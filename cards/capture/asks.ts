import type { Product, SlotName } from '../../src/domain/flows/definition.ts';
import type { SpotLabel } from '../../src/domain/spot-label.ts';
import type { AskSays } from '../../src/flow/engine.ts';
import type { PaymentMode } from '../../src/inspection/inspection.ts';
import { type InspectedSpot, inspectedSpotName } from '../inspection/job.ts';
import { NOTE_TEXTS, WEAKNESS_TEXTS } from '../notes.ts';
import { problemText } from '../problems.ts';
import { sentences } from '../short-list.ts';
import type { T } from '../text.ts';
import type { TextKey } from '../text-key.ts';
import { paymentPhoto, paymentWay, slotHow, slotName, slotTitle, spotName } from '../vocabulary.ts';

/** A photo, or a code, that a piece of work wants, for the page that takes it. */
export interface CaptureAskModel {
  /** How its work knows it again. */
  readonly slot: string;
  readonly of: WhatIsTaken;
  /** The name of a picture of the programme that shows how it should be. */
  readonly example?: string | undefined;
  readonly takes: 'photo' | 'both';
  readonly most: number;
  readonly have: number;
  readonly checking: number;
  readonly says?: AskSays | { readonly kind: 'text'; readonly key: TextKey } | undefined;
}

type WhatIsTaken =
  | {
      readonly in: 'promotion';
      readonly product: Product;
      readonly slot: SlotName;
      readonly spot?: SpotLabel | undefined;
    }
  /** Of an inspection. */
  | { readonly in: 'front' | 'cannot' }
  | { readonly in: 'spot'; readonly spot: InspectedSpot }
  | { readonly in: 'payment'; readonly mode: PaymentMode }
  | { readonly in: 'appeal' };

/** The same in the reader's language. */
interface CaptureAskWords {
  readonly place: string;
  readonly title: string;
  readonly hint: string;
  readonly says?: string | undefined;
}

/** What is taken, how, and what is wrong with what came last; of things in the shop itself `place` is the shop. */
export function captureAsk(t: T, shop: string, { of, takes, says }: CaptureAskModel): CaptureAskWords {
  const said = says && saysText(t, says);
  switch (of.in) {
    case 'promotion': {
      const how = [...slotHow(t, of.slot), ...(takes === 'both' ? [t('capture.scanToo')] : [])];
      const place = of.spot === undefined ? shop : spotName(t, of.spot);
      const title = of.spot === undefined ? slotTitle(t, of.slot) : slotName(t, of.slot);
      return { place, title, hint: sentences(t.language, how), says: said };
    }
    case 'front':
      return { place: shop, title: t('inspection.front'), hint: t('capture.asNow'), says: said };
    case 'cannot':
      return { place: shop, title: t('inspection.title.cannot'), hint: t('inspection.photoOf.cannot'), says: said };
    case 'spot':
      return { place: inspectedSpotName(t, of.spot), title: t('slot.any'), hint: t('capture.asNow'), says: said };
    case 'payment':
      return { place: paymentWay(t, of.mode), title: paymentPhoto(t, of.mode), hint: '', says: said };
    case 'appeal':
      return { place: shop, title: t('slot.any'), hint: t('capture.helps'), says: said };
  }
}

function saysText(t: T, says: NonNullable<CaptureAskModel['says']>): string {
  switch (says.kind) {
    case 'note':
      return t(NOTE_TEXTS[says.code], { code: '', photo: '', spot: '' });
    case 'weak':
      return t(WEAKNESS_TEXTS[says.weakness]);
    case 'problem':
      return problemText(t, { code: says.code });
    case 'text':
      return t(says.key);
  }
}
