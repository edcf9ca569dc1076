import type { JobModel } from '../../cards/promotion/job.ts';
import type { ResubmitModel } from '../../cards/review/resubmit.ts';
import { stepOf } from '../../src/flow/definition.ts';
import type { Draft } from '../../src/flow/draft.ts';
import { canResubmit, changesOf, type Offer } from '../../src/flow/engine.ts';
import { partsOf } from '../promotion/draft-parts.ts';

/** The end of a modification: old beside new, and whether it can be sent. */
export function resubmitModel(draft: Draft, job: JobModel, found: Offer): ResubmitModel {
  const changes = changesOf(draft);
  const parts = partsOf(draft, found);
  const blocking = parts.find(({ state }) => state === 'missing' || state === 'violation');
  const doubt = parts.find(({ state }) => state === 'doubt');
  const code = changes.find((change) => change.kind === 'code');
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
      return [{ slot, is, ...(was !== undefined && { was }) }];
    }),
    ...(code?.kind === 'code' && { code: { was: code.was ?? '', is: code.is } }),
    canResubmit: canResubmit(draft),
    ...(blocking !== undefined && { blocking }),
    ...(doubt !== undefined && { doubt }),
  };
}
