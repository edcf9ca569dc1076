import { taskIdOf } from '../../../src/daily/inspection-tasks.ts';
import { pictures } from '../pictures.ts';
import { outgoingLines } from '../world/outgoing-lines.ts';
import type { Person } from '../world/person.ts';
import type { World } from '../world/world.ts';
import { codeOf } from './promotion.ts';

/** The shop that was promoted last, its spots in their order: what a task about it names. */
export function promotedShop(world: Pick<World, 'dataDir'>): { storeRef: string; spotRefs: string[] } {
  const lines = outgoingLines(world);
  const storeRef = lines.findLast(({ itemType }) => itemType === 'STORE')?.itemRef ?? '';
  const spots = lines.filter((line) => line.itemType === 'SPOT' && line.storeRef === storeRef);
  const inOrder = spots.sort((one, other) => Number(one.values.number) - Number(other.values.number));
  return { storeRef, spotRefs: inOrder.map(({ itemRef }) => itemRef) };
}

export interface TaskPlan {
  readonly sourceKey: string;
  /** A userId; empty: whoever begins it first. */
  readonly assignee?: string;
  readonly storeRef?: string;
  readonly spotRefs?: readonly string[];
  readonly storeName?: string;
  readonly address?: string;
  readonly acceptsOnlyAlipay?: boolean;
  /** From now, days. */
  readonly dueInDays?: number;
}

const DAY_MS = 24 * 3_600_000;
const COLUMNS = 'sourceKey,isoId,assignee,storeRef,storeName,address,countryRegion,acceptsOnlyAlipay,spotRefs,dueAt';
let files = 0;

/** A file with one row lands, about the ISO of which something was handed over. Answers the task's id. */
export async function taskLands(world: World, plan: TaskPlan): Promise<string> {
  const { sourceKey, assignee = 'staff2', storeRef = 'unknown', spotRefs = [], dueInDays = 2 } = plan;
  const { storeName = 'Som Tam House', address = 'Silom Rd 9', acceptsOnlyAlipay = false } = plan;
  const [{ isoId } = { isoId: 'nothing was handed over yet' }] = outgoingLines(world);
  const { now } = await world.advance(0);
  const dueAt = new Date(now + dueInDays * DAY_MS).toISOString();
  const day = new Date(now).toISOString().slice(0, 10).replaceAll('-', '');
  const cells = [
    sourceKey,
    isoId,
    assignee,
    storeRef,
    storeName,
    address,
    'TH',
    acceptsOnlyAlipay,
    spotRefs.join('|'),
    dueAt,
  ];
  files += 1;
  world.drop(`inspection-tasks_${day}_${100 + files}.csv`, `${COLUMNS}\r\n${cells.join(',')}\r\n`);
  await world.advance(600_000);
  return taskIdOf(isoId, sourceKey);
}

export interface InspectionPlan {
  /** The row of the list that is opened; the first one unless told. */
  readonly shop?: RegExp;
  /** The codes at its spots, as in `codeOf(series, spot)`. */
  readonly series: string;
  readonly spots: number;
  /** Photos differ from those of any other inspection. */
  readonly seed: number;
  /** How a photo is sent; in the chat unless told. */
  readonly sends?: (photo: Buffer) => Promise<unknown>;
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
  await pay(person, plan.seed, plan.sends);
  await pay(person, plan.seed + 1, plan.sends);
  await person.taps({ action: 'inspection.submit' });
}

export async function checkDeployment(person: Person, plan: InspectionPlan): Promise<void> {
  const { shop, series, spots, seed, sends = (photo: Buffer) => person.sends(photo) } = plan;
  await person.taps(shop ?? { action: 'inspection.open' });
  await sends(await pictures.storefront(seed));
  await person.taps({ action: 'inspection.matches' });
  for (let spot = 0; spot < spots; spot += 1) {
    await sends(await pictures.closeup(codeOf(series, spot), { seed: seed + spot }));
    await person.taps({ action: 'inspection.good' });
  }
}

/** One way of paying, and its photo. */
export async function pay(
  person: Person,
  seed: number,
  sends: InspectionPlan['sends'] = (photo) => person.sends(photo),
): Promise<void> {
  await person.fills({ result: 'SUCCESS', amount: '35.5' });
  await sends(await pictures.counter(seed));
}
