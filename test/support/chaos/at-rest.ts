import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { HandedOverLine } from '../world/outgoing-lines.ts';
import { storedRows } from '../world/stored-rows.ts';
import { answersMissing } from './answers-there.ts';
import { cardsAskew } from './cards-in-step.ts';
import type { Ledger } from './ledger.ts';
import { nothingWaits } from './nothing-waits.ts';
import { photosMisplaced } from './photos-in-place.ts';
import { submissionsBroken } from './submissions-whole.ts';
import { storingOf, type Topology } from './topology.ts';
import type { Worker } from './worker.ts';

/** Everything that must hold once all is at rest: what does not, in sentences, and how much was looked at. */
export async function violationsAtRest(
  topology: Topology,
  ledger: Ledger,
  workers: readonly Worker[],
): Promise<{ readonly violations: readonly string[]; readonly counts: Readonly<Record<string, number>> }> {
  const rows = await storedRows(storingOf(topology));
  const lines = handedOver(topology);
  const violations = [
    ...submissionsBroken(rows, lines, ledger),
    ...photosMisplaced(rows, lines, ledger),
    ...answersMissing(rows, lines, ledger),
    ...(await cardsAskew(rows, workers)),
    ...nothingWaits(rows),
  ];
  const counts = {
    promotions: rows.promotions.length,
    lines: lines.length,
    photosSent: ledger.photos.length,
    answers: ledger.answers.filter(({ acknowledged }) => acknowledged).length,
    taps: ledger.taken,
    tapsNotTaken: ledger.untaken,
    cards: rows.cards.length,
  };
  return { violations, counts };
}

/** Every line of every outgoing file, closed or not. */
function handedOver({ botDirs }: Topology): HandedOverLine[] {
  return botDirs.flatMap((dir) => {
    const folder = join(dir, 'outgoing');
    // whoever has not handed over anything yet has none
    if (!existsSync(folder)) return [];
    return readdirSync(folder)
      .filter((name) => /^submissions_.*\.jsonl(\.part)?$/.test(name))
      .flatMap((name) => readFileSync(join(folder, name), 'utf8').split('\n').filter(Boolean))
      .map((line): HandedOverLine => JSON.parse(line));
  });
}
