import { DAY_MS } from '@field/kit/calendar';
import type { JobModel } from '../../cards/promotion/job.ts';
import type { ResubmitModel } from '../../cards/promotion/resubmit.ts';
import { findIso, isoFrom } from '../../models/isos.ts';
import { readUnder } from '../../models/item-rows.ts';
import { findItem } from '../../models/items.ts';
import { programmeAt } from '../../models/programme-in-use.ts';
import { submissionTime } from '../../models/submissions.ts';
import { type LoadCard, OLD_CARD } from '../../src/delivery/render-cards.ts';
import { stepOf } from '../../src/flow/definition.ts';
import type { Draft } from '../../src/flow/draft.ts';
import { canResubmit, changesOf, type Offer } from '../../src/flow/engine.ts';
import { partsOf } from '../promotion/draft-parts.ts';
import { mayRead } from './item-at-hand.ts';
import { nameOf } from './item-model.ts';

/** The end of a modification: old beside new, and whether it can be sent. */
export function resubmitModel(draft: Draft, job: JobModel, found: Offer): ResubmitModel {
  const changes = changesOf(draft);
  const parts = partsOf(draft, found);
  const blocking = parts.find(({ state }) => state === 'missing' || state === 'violation');
  const waiting = parts.find(({ state }) => state === 'waiting');
  const doubt = parts.find(({ state }) => state === 'doubt');
  const codes = changes.filter((change) => change.kind === 'code');
  return {
    job,
    answers: changes.flatMap((change) => {
      if (change.kind !== 'answer') return [];
      const { step, was, is } = change;
      const field = stepOf(draft, step).fields.find(({ name }) => name === change.field);
      return field === undefined ? [] : [{ step, field, was, is }];
    }),
    photos: changes.flatMap((change) => {
      if (change.kind !== 'photo') return [];
      const { slot, was, is } = change;
      return [{ slot, is, was }];
    }),
    codes: codes.map(({ was = '', is }) => ({ was, is })),
    canResubmit: canResubmit(draft),
    blocking,
    waiting,
    doubt,
  };
}

/** *Sent again (2nd time)*: of one revision, whatever was sent since. */
export const loadResent: LoadCard = async ({ subject }, viewer, _now, seen) => {
  const [itemRef = '', revision = ''] = subject.id.split('#');
  const [item, submittedAt, own] = await Promise.all([
    findItem(itemRef, seen),
    submissionTime(subject.id, seen),
    findIso(viewer.isoId ?? '', seen),
  ]);
  if (item === undefined || !mayRead(viewer, item) || submittedAt === undefined) return OLD_CARD;
  const iso = await isoFrom(own, item.isoId, seen);
  return {
    name: 'review.resent',
    model: {
      name: nameOf(item),
      revision: Number(revision),
      timeZone: iso?.timeZone ?? 'UTC',
      // data is one day late (the guide)
      resultsFrom: submittedAt + DAY_MS,
    },
    programme: await programmeAt(readUnder(item)),
    version: 0,
  };
};
