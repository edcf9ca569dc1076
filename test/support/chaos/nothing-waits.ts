import type { StoredRows } from '../world/stored-rows.ts';
import { repeated } from './submissions-whole.ts';

/** Nothing is dead, nothing is stuck, and what was done was done once. */
export function nothingWaits({ inbox, outbox, pictures, submissions, audit }: StoredRows): string[] {
  return [
    ...inbox.filter(({ applied }) => applied !== true).map(({ _id }) => `stuck: message ${_id} is not applied`),
    ...outbox
      .filter(({ state }) => state !== 'SENT' && state !== 'DROPPED')
      .map(({ _id, state, error }) => `${state === 'DEAD' ? 'dead' : 'stuck'}: delivery ${_id} is ${state}, ${error}`),
    ...pictures
      .filter(({ state, asideAt }) => state !== 'APPLIED' && asideAt === undefined)
      .map(({ _id, state }) => `stuck: picture ${_id} is ${state}`),
    ...submissions.filter(({ handedOver }) => !handedOver).map(({ _id }) => `stuck: ${_id} is not handed over`),
    ...repeated(
      audit.map(({ what, subject, cause, details }) => JSON.stringify([what, subject, cause, details ?? null])),
    ).map((entry) => `done twice: ${entry}`),
  ];
}
