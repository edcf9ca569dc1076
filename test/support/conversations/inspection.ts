import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findIsoByEmail } from '../../../models/isos.ts';
import { inTransaction } from '../../../models/transaction.ts';
import { landTask, type TaskRow, taskIdOf } from '../../../src/daily/inspection-tasks.ts';
import { pictures } from '../pictures.ts';
import { behindTheScenes } from '../world/behind.ts';
import type { Person } from '../world/person.ts';
import type { World } from '../world/world.ts';
import { codeOf } from './promotion.ts';

/** A line of the files that were handed over, as far as a test looks at it. */
export interface HandedOver {
  readonly itemType: string;
  readonly itemRef: string;
  readonly revision: number;
  readonly staffRef: string;
  readonly storeRef: string;
  readonly values: Readonly<Record<string, unknown>>;
  readonly spots: readonly { readonly spotRef: string; readonly values: Readonly<Record<string, unknown>> }[];
  readonly payments: readonly Readonly<Record<string, unknown>>[];
  readonly photos: readonly { readonly role: string; readonly sha256: string }[];
}

/** Everything that was handed over so far, in order. */
export function handedOver({ dataDir }: Pick<World, 'dataDir'>): HandedOver[] {
  const folder = join(dataDir, 'outgoing');
  const files = readdirSync(folder).filter((name) => name.startsWith('submissions_'));
  return files.sort().flatMap((name) =>
    readFileSync(join(folder, name), 'utf8')
      .trimEnd()
      .split('\n')
      .map((line): HandedOver => JSON.parse(line)),
  );
}

/** The shop that was promoted last: what a task about it names. */
export function promotedShop(world: Pick<World, 'dataDir'>): { storeRef: string; spotRefs: string[] } {
  const lines = handedOver(world);
  const storeRef = lines.findLast(({ itemType }) => itemType === 'STORE')?.itemRef ?? '';
  const spots = lines.filter((line) => line.itemType === 'SPOT' && line.storeRef === storeRef);
  return { storeRef, spotRefs: spots.map(({ itemRef }) => itemRef) };
}

export interface TaskPlan extends Partial<Omit<TaskRow, 'isoId' | 'sourceKey'>> {
  readonly sourceKey: string;
  /** The file it stands in; a later one knows better. */
  readonly asOf?: string;
}

let files = 0;

/** A row of `inspection-tasks_*.csv` about the demo's ISO lands. Answers the task's id. */
export async function taskLands(world: World, { sourceKey, asOf, ...plan }: TaskPlan): Promise<string> {
  const { now } = await world.advance(0);
  return await behindTheScenes(world, async () => {
    const iso = await findIsoByEmail('demo@iso.example');
    const isoId = iso?.isoId ?? '';
    const row: TaskRow = {
      ...{ sourceKey, isoId, namedAssignee: 'staff2', storeRef: 'unknown', storeName: 'Som Tam House' },
      ...{ address: 'Silom Rd 9', countryRegion: 'TH', acceptsOnlyAlipay: false, spotRefs: [] },
      ...{ dueAt: now + 2 * 24 * 3_600_000, priority: 2 },
      ...plan,
    };
    files += 1;
    const from = { asOf: asOf ?? String(files).padStart(6, '0'), now, cause: 'a test' };
    await inTransaction((tx) => landTask(row, from, tx));
    return taskIdOf(isoId, sourceKey);
  });
}

export interface InspectionPlan {
  /** The codes at its spots, as in `codeOf(series, spot)`. */
  readonly series: string;
  readonly spots: number;
  /** Photos differ from those of any other inspection. */
  readonly seed: number;
}

/** From the menu to the list of tasks. */
export async function openTasks(person: Person): Promise<void> {
  await person.says('menu');
  await person.taps({ action: 'menu.inspections' });
  await person.taps({ action: 'inspection.tasks' });
}

/** From the list to *Submitted*, where everything is as it was submitted; the tool is the one the card says first. */
export async function inspect(person: Person, plan: InspectionPlan): Promise<void> {
  await checkDeployment(person, plan);
  await person.taps({ action: 'inspection.tool' });
  await pay(person, plan.seed);
  await pay(person, plan.seed + 1);
  await person.taps({ action: 'inspection.submit' });
}

export async function checkDeployment(person: Person, { series, spots, seed }: InspectionPlan): Promise<void> {
  await person.taps({ action: 'inspection.open' });
  await person.sends(await pictures.storefront(seed));
  await person.taps({ action: 'inspection.matches' });
  for (let spot = 0; spot < spots; spot += 1) {
    await person.sends(await pictures.closeup(codeOf(series, spot), { seed: seed + spot }));
    await person.taps({ action: 'inspection.good' });
  }
}

/** One way of paying, and its photo. */
export async function pay(person: Person, seed: number): Promise<void> {
  await person.fills({ result: 'SUCCESS', amount: '35.5' });
  await person.sends(await pictures.counter(seed));
}
