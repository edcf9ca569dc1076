import { type FileStanding, fileStanding } from '../../../models/incoming-files.ts';
import { isAsked } from '../../daily/incoming/ask-to-look.ts';
import type { RowOutcome } from '../../domain/review-decision.ts';
import type { Operator } from '../command.ts';
import { howMany } from '../how-many.ts';
import { cannot } from './cannot.ts';
import { isWaiting, reasonIn, resultOf } from './incoming-folder.ts';

/** A file that was landed: how many of its rows became what, and where it says so of each. */
export interface LandedFile {
  readonly file: string;
  readonly rows: number;
  readonly outcomes: Readonly<Partial<Record<RowOutcome, number>>>;
  readonly result: string | undefined;
}

export interface Followed {
  /** Under which it waits. */
  readonly name: string;
  readonly fileHash: string;
  readonly rows: number;
}

const EACH_MS = 250;
/** A bot hears within five seconds that it is asked; one that starts or is busy, later. */
const HEARS_WITHIN = 80;
/** What another process held that died is free after a minute. */
const MOVES_WITHIN = 600;

/**
 * Looks on until a file that was put in is landed. Errors: `daily.cannot` where it is quarantined, where no bot has heard of it, and where
 * nothing moves any more.
 */
export async function follow(file: Followed, operator: Operator): Promise<LandedFile> {
  try {
    await untilHeard(file, operator);
    return await operator.onStore(() => untilLanded(file, operator));
  } finally {
    operator.progress.end();
  }
}

/** The store is left to the bot meanwhile, which may be about to open it. */
async function untilHeard({ name }: Followed, operator: Operator): Promise<void> {
  const { incoming } = operator.daily();
  for (let looks = 0; (await isAsked(incoming)) && (await isWaiting(name, incoming)); looks += 1) {
    operator.progress.say(`${name} waits for the bot`);
    if (looks >= HEARS_WITHIN) throw nobodyHears(name, incoming);
    await operator.pause(EACH_MS);
  }
}

async function untilLanded({ name, fileHash, rows }: Followed, operator: Operator): Promise<LandedFile> {
  const { incoming } = operator.daily();
  let seen = '';
  for (let unchanged = 0; unchanged < MOVES_WITHIN; unchanged += 1) {
    const waits = await isWaiting(name, incoming);
    const standing = await fileStanding(fileHash);
    if (!waits) return await outcome(name, standing, incoming);
    sayHowFar(name, rows, standing, operator.progress);
    const now = `${standing?.state} ${standing?.landed}`;
    if (now !== seen) unchanged = 0;
    seen = now;
    await operator.pause(EACH_MS);
  }
  const minutes = Math.round((MOVES_WITHIN * EACH_MS) / 60_000);
  throw cannot(`${name} is in ${incoming}, and nothing has moved for ${minutes} minutes. See the log of the bot.`);
}

function sayHowFar(
  name: string,
  rows: number,
  standing: FileStanding | undefined,
  progress: Operator['progress'],
): void {
  if (standing?.state !== 'APPLYING') progress.say(`${name} is read from end to end`);
  else
    progress.say(
      `${standing.landed.toLocaleString('en')} of ${howMany(rows, 'row')}`,
      rows === 0 ? 1 : standing.landed / rows,
    );
}

async function outcome(name: string, standing: FileStanding | undefined, incoming: string): Promise<LandedFile> {
  if (standing?.state === 'APPLIED') {
    const { landed, outcomes } = standing;
    return { file: name, rows: landed, outcomes, result: await resultOf(name, 'done', incoming) };
  }
  const result = await resultOf(name, 'quarantine', incoming);
  if (result === undefined) throw cannot(`${name} is in ${incoming} no more: somebody took it away.`);
  throw cannot(`${name} is quarantined: ${standing?.why ?? (await reasonIn(result))}.\nSee: ${result}`);
}

function nobodyHears(name: string, incoming: string): Error {
  const seconds = (HEARS_WITHIN * EACH_MS) / 1_000;
  return cannot(
    `${name} is in ${incoming}, but no bot has heard of it for ${seconds} seconds. It is landed once the bot runs: npm start. What became of it then: npm run daily -- status`,
  );
}
