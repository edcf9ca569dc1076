import { isSame, notedWhereabouts, type Whereabouts, whereaboutsOf } from '@field/embedded-store';
import type { Config } from '../../config/config.ts';
import { howMany } from '../how-many.ts';
import { type Finding, ok, warning, wrong } from './finding.ts';

const DAY_MS = 24 * 3_600_000;
/** As long as whoever moved it may have left the other one running. */
const LATELY_MS = 7 * DAY_MS;
const REMEDY =
  'If a bot still runs there, end it for good: two with one app take each other’s messages, and each keeps a half. To try something out, use another app and an empty DATA_DIR.';

/** Whether the data of the embedded store is a copy of what is worked on elsewhere; of a MongoDB nobody has copies in a folder. */
export function lookAtWhereabouts(
  { dataDir, mongodbUri }: Pick<Config, 'dataDir' | 'mongodbUri'>,
  now: number,
  hereOf: (dataDir: string) => Whereabouts = whereaboutsOf,
): readonly Finding[] {
  const last = mongodbUri === undefined ? notedWhereabouts(dataDir) : undefined;
  if (last === undefined) return [];
  if (!isSame(last, hereOf(dataDir))) {
    const says = `the data in ${dataDir} was worked on ${placeOf(last)}: this is a copy, or it was moved`;
    return [wrong('copy', says, REMEDY)];
  }
  if (last.before !== undefined && now - last.since < LATELY_MS) {
    const days = Math.max(0, Math.floor((now - last.since) / DAY_MS));
    return [
      warning(
        'copy',
        `the data in ${dataDir} was worked on ${placeOf(last.before)} until ${howMany(days, 'day')} ago`,
        REMEDY,
      ),
    ];
  }
  return [ok('copy', 'the data is not known to be a copy of what is worked on elsewhere')];
}

function placeOf({ name, folder }: Whereabouts): string {
  return `on ${name}, in ${folder}`;
}
