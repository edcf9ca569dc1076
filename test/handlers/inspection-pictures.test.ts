import { expect, it } from 'vitest';
import { imageKey } from '../../cards/params.ts';
import { translator } from '../../cards/text.ts';
import { render } from '../../cards/views.ts';
import { drawnInspection, picturesSoon } from '../../handlers/inspection/draw-inspection.ts';
import type { Drawn } from '../../handlers/inspection/draw-parts.ts';
import type { InspectionTask } from '../../models/inspection-tasks.ts';
import { corrected } from '../../src/inspection/correct.ts';
import { everythingMatches, spotIsGood } from '../../src/inspection/say.ts';
import { good, SHOP, Work } from '../inspection/shop.ts';
import { SHIPPED_PROGRAMMES } from '../support/shipped-programme.ts';

const shop = {
  front: 'submitted front',
  spots: new Map(
    SHOP.spots.map(({ spotRef }, index) => [
      spotRef,
      { spot: { index: index + 1 }, hasCode: true, photo: `submitted ${spotRef}` },
    ]),
  ),
};

function drawn({ inspection }: Work): Drawn {
  const task = { storeName: 'Som Tam House', address: 'Silom Rd 9', countryRegion: 'TH', inspection };
  return {
    task: task as InspectionTask,
    assignment: SHOP,
    shop,
    programme: SHIPPED_PROGRAMMES.current(),
    account: undefined,
    ask: undefined,
    timeZone: 'Asia/Bangkok',
  };
}

function shownNow(work: Work): string[] {
  const { name, model } = drawnInspection(drawn(work));
  return (render(name, model as never, translator('en')).images ?? []).map(imageKey);
}

const readyNext = (work: Work): string[] => picturesSoon(drawn(work)).map(imageKey);

it('has the submitted photo of the next spot ready, which is all that its card shows', () => {
  const work = new Work();
  const ready = readyNext(work);
  work.sends(good('front')).does(everythingMatches);
  expect(shownNow(work)).toEqual(['photo:submitted cashier']);
  expect(ready).toEqual(shownNow(work));
});

it('of an inspection that is corrected has ready the picture that its next card shows: both photos, side by side', () => {
  const work = new Work().checksDeployment().does((inspection) => corrected(inspection, []));
  expect(shownNow(work)).toEqual(['sheet:submitted front:front']);
  const ready = readyNext(work);
  work.does(everythingMatches);
  expect(shownNow(work)).toEqual(['sheet:submitted cashier:at cashier']);
  expect(ready).toEqual(shownNow(work));
  const readyThen = readyNext(work);
  work.does((now, task) => spotIsGood(now, task, 'cashier'));
  expect(readyThen).toEqual(shownNow(work));
});
