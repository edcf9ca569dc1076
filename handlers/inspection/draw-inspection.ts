import { besidePicture } from '../../cards/inspection/front.ts';
import type { InspectionJob } from '../../cards/inspection/job.ts';
import type { PictureRef } from '../../cards/view.ts';
import type { LoadedView } from '../../src/delivery/render-cards.ts';
import { type InspectionRules, saysOne } from '../../src/domain/inspection-rules.ts';
import { type FormPart, formOf } from '../../src/inspection/forms.ts';
import type { PhotoSlot, SpotFinding } from '../../src/inspection/inspection.ts';
import { partKey } from '../../src/inspection/parts.ts';
import { chosenTool } from '../../src/inspection/payment-rule.ts';
import { missingParts, placeOf } from '../../src/inspection/place.ts';
import { compareCode, photoIn, photosWaitedFor } from '../../src/inspection/slots.ts';
import { type Drawn, doneParts, jobOf } from './draw-parts.ts';
import { drawnPayments } from './draw-payments.ts';
import { spotIn, waitingPhoto } from './inspected-shop.ts';

const PART_PAGE = 6;

/** Where the person stands in an inspection, as the view that asks it, in the words of its programme. */
export function drawnInspection(drawn: Drawn): LoadedView {
  return { ...viewOf(drawn), programme: drawn.programme };
}

function viewOf(drawn: Drawn): LoadedView {
  const { task, assignment, shop } = drawn;
  const { inspection } = task;
  const place = placeOf(inspection, assignment);
  const job = jobOf(drawn, place);
  switch (place.kind) {
    case 'store': {
      const pictures = besides(drawn, { kind: 'front' }, shop.front);
      return {
        name: 'inspection.front',
        model: { job, address: task.address, ...pictures, said: inspection.store !== undefined },
      };
    }
    case 'spot':
      return drawnSpot(drawn, job, place.spotRef);
    case 'differs':
    case 'problem':
    case 'cannot':
      return {
        name: 'inspection.form',
        model: {
          job,
          kind: place.kind,
          form: formModel(drawn, place),
          takesBack: place.kind === 'cannot' && inspection.cannot !== undefined,
          spot: place.kind === 'problem' ? spotIn(shop, place.spotRef).spot : undefined,
        },
      };
    case 'tool':
    case 'onlyAlipay':
    case 'payment':
    case 'paymentPhoto':
      return drawnPayments({ ...drawn, inspection, countryRegion: task.countryRegion }, job, place);
    case 'cannotPhoto':
      return { name: 'inspection.photo', model: { job, of: 'cannot' } };
    case 'change': {
      const parts = doneParts(drawn);
      const pages = Math.max(1, Math.ceil(parts.length / PART_PAGE));
      const page = Math.min(Math.max(1, place.page ?? 1), pages);
      const shown = parts.slice((page - 1) * PART_PAGE, page * PART_PAGE);
      const tool =
        chosenTool(inspection, assignment) !== undefined && inspection.cannot === undefined && page === pages;
      return { name: 'inspection.change', model: { job, parts: shown, tool, page, pages } };
    }
    case 'summary': {
      const parts = doneParts(drawn);
      const [missing] = missingParts(inspection, assignment);
      const asked = missing?.kind === 'payment' ? missing.mode : undefined;
      const notTried = parts.filter((part) => part.kind === 'payment').find(({ mode }) => mode === asked);
      const [slot] = photosWaitedFor(inspection);
      const waiting = slot && waitingPhoto(shop, slot);
      return { name: 'inspection.summary', model: { job, parts, notTried, waiting, timeZone: drawn.timeZone } };
    }
  }
}

/** What the card of the next spot shows: its submitted photo, in a correction beside the one that was found. */
export function picturesSoon(drawn: Drawn): readonly PictureRef[] {
  const { task, assignment, shop } = drawn;
  const place = placeOf(task.inspection, assignment);
  const here = 'spotRef' in place ? assignment.spots.findIndex(({ spotRef }) => spotRef === place.spotRef) : -1;
  const looking = 'spotRef' in place || place.kind === 'store' || place.kind === 'differs';
  const next = looking ? assignment.spots[here + 1] : undefined;
  if (next === undefined) return [];
  const { spotRef } = next;
  const { submitted, found } = besides(drawn, { kind: 'spot', spotRef }, spotIn(shop, spotRef).photo);
  return besidePicture(submitted, found);
}

function drawnSpot(drawn: Drawn, job: InspectionJob, spotRef: string): LoadedView {
  const { task, assignment, shop } = drawn;
  const { spot, hasCode, photo } = spotIn(shop, spotRef);
  const pictures = besides(drawn, { kind: 'spot', spotRef }, photo);
  const finding = task.inspection.spots.find((one) => one.spotRef === spotRef);
  const said = finding && wordFor(finding, assignment.rules);
  return {
    name: 'inspection.spot',
    model: {
      job,
      spotRef,
      spot,
      hasCode,
      code: compareCode(task.inspection, assignment, spotRef),
      ...pictures,
      said,
    },
  };
}

/** What was said of a spot, as far as it changes which photo is asked for. */
function wordFor({ problems }: SpotFinding, rules: InspectionRules): 'good' | 'problem' | 'missing' {
  if (saysOne(problems, rules.problems, 'missing')) return 'missing';
  return problems.length > 0 ? 'problem' : 'good';
}

function formModel({ task, assignment }: Drawn, part: FormPart) {
  return { ...formOf(task.inspection, assignment, part), ref: partKey(part) };
}

/** The submitted photo and the one found, as far as they are there. */
function besides({ task, assignment }: Drawn, slot: PhotoSlot, submitted: string | undefined) {
  const found = photoIn(task.inspection, assignment, slot)?.sha256;
  return { submitted, found };
}
