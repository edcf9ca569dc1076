import { describe, expect, it } from 'vitest';
import { problemsAt } from '../../src/inspection/findings.ts';
import { leave, open } from '../../src/inspection/parts.ts';
import { back, canSubmit, placeOf, workState } from '../../src/inspection/place.ts';
import { everythingMatches, inspectAfterAll, spotIsGood } from '../../src/inspection/say.ts';
import { compareCode, photoIn } from '../../src/inspection/slots.ts';
import { CASHIER_CODE, DOOR_CODE, FOREIGN_CODE, good, SHOP, Work } from './shop.ts';

const placeIn = ({ inspection, assignment }: Work) => placeOf(inspection, assignment);
const stateIn = ({ inspection, assignment }: Work) => workState(inspection, assignment);
const codeAt = ({ inspection, assignment }: Work, spotRef: string) => compareCode(inspection, assignment, spotRef);

describe('the deployment check', () => {
  it('asks for the front, then each spot, then the payment tool, in whichever order photo and answer come', () => {
    const work = new Work();
    expect(placeIn(work)).toEqual({ kind: 'store' });
    work.does(everythingMatches);
    expect(placeIn(work)).toEqual({ kind: 'store' });
    work.sends(good('front'));
    expect(placeIn(work)).toEqual({ kind: 'spot', spotRef: 'cashier' });
    expect(stateIn(work)).toBe('STARTED');
    work.sends(good('c', { codes: [CASHIER_CODE] })).does((now, task) => spotIsGood(now, task, 'cashier'));
    work.does((now, task) => spotIsGood(now, task, 'door'));
    expect(placeIn(work)).toEqual({ kind: 'spot', spotRef: 'door' });
    work.sends(good('d', { codes: [DOOR_CODE] }));
    work.sends(good('s')).does((now, task) => spotIsGood(now, task, 'stand'));
    expect(placeIn(work)).toEqual({ kind: 'tool' });
    expect(stateIn(work)).toBe('DEPLOYMENT_CHECKED');
  });

  it('sorts photos of one message by the codes in them', () => {
    const work = new Work().sends(
      good('door', { codes: [DOOR_CODE] }),
      good('front'),
      good('c', { codes: [CASHIER_CODE] }),
    );
    expect(work.inspection.notes.map(({ code }) => code)).toEqual(['photoForSpot', 'photoKept', 'photoForSpot']);
    expect(photoIn(work.inspection, SHOP, { kind: 'front' })?.sha256).toBe('front');
    expect(codeAt(work, 'door')).toEqual({ kind: 'same', short: 'CCC3' });
  });

  it('takes the front for the front, also where a code can be read in it', () => {
    const work = new Work().sends(good('front', { codes: [DOOR_CODE] }));
    expect(photoIn(work.inspection, SHOP, { kind: 'front' })?.sha256).toBe('front');
    expect(codeAt(work, 'door')).toEqual({ kind: 'noPhoto' });
  });

  it('compares the code with the one that was submitted', () => {
    const work = new Work().sends(good('front')).does(everythingMatches).sends(good('far'));
    expect(codeAt(work, 'cashier')).toEqual({ kind: 'unread', submitted: 'CCC2' });
    work.sends(good('other', { codes: [FOREIGN_CODE] }));
    expect(codeAt(work, 'cashier')).toEqual({ kind: 'other', short: 'CCC9', submitted: 'CCC2' });
    work.does((now, task) => spotIsGood(now, task, 'cashier'));
    expect(problemsAt(work.inspection, SHOP, 'cashier')).toEqual(['OTHER_CODE']);
    work.does((now) => open(now, { kind: 'spot', spotRef: 'cashier' })).sends(good('near', { codes: [CASHIER_CODE] }));
    expect(codeAt(work, 'cashier')).toEqual({ kind: 'same', short: 'CCC2' });
    work.does((now) => open(now, { kind: 'spot', spotRef: 'cashier' })).sends(good('wide'));
    expect(codeAt(work, 'cashier')).toEqual({ kind: 'same', short: 'CCC2' });
    expect(problemsAt(work.inspection, SHOP, 'cashier')).toEqual([]);
  });

  it('takes each photo once, and none that backs something else', () => {
    const work = new Work().sends(good('front'), good('front'), good('old', { usedBefore: true }));
    work.sends({ ok: false, reason: 'tooSmall' });
    expect(work.inspection.notes.map(({ code }) => code)).toEqual([
      'photoKept',
      'samePhoto',
      'photoUsedBefore',
      'photoTooSmall',
    ]);
    expect(photoIn(work.inspection, SHOP, { kind: 'front' })?.sha256).toBe('front');
  });

  it('keeps a form with a mistake as it was typed, and what differs in what was said', () => {
    const work = new Work().sends(good('front')).fills({ kind: 'differs' }, { differs: [], note: 'New sign' });
    expect(placeIn(work)).toEqual({ kind: 'differs' });
    expect(work.inspection.typed.differs).toEqual({
      values: { differs: [], note: 'New sign' },
      problems: [{ code: 'required', field: 'differs' }],
    });
    work.fills({ kind: 'differs' }, { differs: ['NAME'] });
    expect(work.inspection).toMatchObject({ store: { differs: ['NAME'], note: 'New sign' }, typed: {} });
    expect(placeIn(work)).toEqual({ kind: 'spot', spotRef: 'cashier' });
  });

  it('asks for a photo of the reason where nothing can be inspected, and for nothing else', () => {
    const work = new Work().fills({ kind: 'cannot' }, { cannot: 'CLOSED_DOWN' });
    expect(placeIn(work)).toEqual({ kind: 'cannotPhoto' });
    expect(canSubmit(work.inspection, SHOP)).toBe(false);
    work.sends(good('shutters'));
    expect(placeIn(work)).toEqual({ kind: 'summary' });
    expect([stateIn(work), canSubmit(work.inspection, SHOP)]).toEqual(['CANNOT_INSPECT', true]);
    work.does(inspectAfterAll);
    expect(placeIn(work)).toEqual({ kind: 'store' });
  });

  it('goes back part by part, and not before the first', () => {
    const work = new Work().checksDeployment();
    const seen = [];
    for (let steps = 0; steps < 5; steps += 1) seen.push(placeIn(work.does(back)));
    expect(seen.map((place) => ('spotRef' in place ? place.spotRef : place.kind))).toEqual([
      'stand',
      'door',
      'cashier',
      'store',
      'store',
    ]);
    expect(placeIn(work.does(leave))).toEqual({ kind: 'tool' });
  });

  it('goes on with what is left when a spot leaves the task', () => {
    const work = new Work().does((now) => open(now, { kind: 'problem', spotRef: 'door' }));
    work.assignment = { ...SHOP, spots: SHOP.spots.slice(0, 1) };
    expect(placeIn(work)).toEqual({ kind: 'store' });
  });
});
