import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changeTask, findTask, type InspectionTask } from '../../models/inspection-tasks.ts';
import { addIso } from '../../models/isos.ts';
import { inTransaction } from '../../models/transaction.ts';
import { expireInspections } from '../../src/daily/expire-inspections.ts';
import { inspectionJudged, landTask, type TaskRow, taskIdOf } from '../../src/daily/inspection-tasks.ts';
import { INSPECTION_MOVES, type InspectionState } from '../../src/domain/inspection-state.ts';
import { canSubmit, workState } from '../../src/inspection/place.ts';
import { inspectAfterAll } from '../../src/inspection/say.ts';
import { INPUT } from '../inspection/inputs.ts';
import { obeyed } from '../inspection/obedient.ts';
import { SHOP, Work } from '../inspection/shop.ts';
import { useModels } from '../models/store.ts';
import { tap } from '../review/thumb.ts';
import { SHIPPED_INSPECTION } from '../support/shipped-programme.ts';
import { decide, hire, NOW } from '../support/shop-under-review.ts';
import { taskRow } from '../support/task-row.ts';
import { movesOf, SeenMoves, StoreWatch } from './moves-of.ts';

const WEEK_MS = 7 * 24 * 3_600_000;
const NO_SPOT = { spots: [], acceptsOnlyAlipay: false, ...SHIPPED_INSPECTION };
const BEGUN = ['STARTED', 'DEPLOYMENT_CHECKED', 'PAYMENT_VERIFIED', 'CANNOT_INSPECT'] as const;

const seen = new SeenMoves();

/** Whatever is said and sent, in any order, of a shop that is done up to anywhere, and given up and taken up again there. */
function walkAnswers(): void {
  const anything = fc.array(INPUT, { maxLength: 20 });
  fc.assert(
    fc.property(fc.nat(20), fc.boolean(), anything, (done, givenUp, inputs) => {
      const work = new Work(SHOP);
      let state: InspectionState = 'ASSIGNED';
      const step = (does: () => unknown): void => {
        const before = work.inspection;
        does();
        if (work.inspection === before) return;
        const next = workState(work.inspection, SHOP);
        seen.saw(state, next);
        state = next;
      };
      for (let n = 0; n < done; n += 1) step(() => obeyed(work, n));
      if (givenUp) step(() => work.fills({ kind: 'cannot' }, { cannot: 'NOT_FOUND' }));
      if (givenUp) step(() => work.does(inspectAfterAll));
      for (const { on } of inputs) step(() => on(work));
      for (let n = 100; n < 160 && !canSubmit(work.inspection, SHOP); n += 1) step(() => obeyed(work, n));
    }),
    { numRuns: 300, seed: 20261124 },
  );
}

describe('every move of an inspection task', () => {
  useModels(process.env.REALDB_URI);
  const watch = new StoreWatch({ inspectiontasks: seen });
  let files = 0;

  const land = (row: TaskRow) => {
    const from = { asOf: `20261124_${String(++files).padStart(3, '0')}`, now: NOW, cause: 'inspection-tasks.csv' };
    return watch.during(() => inTransaction((tx) => landTask(row, from, tx)));
  };
  const judge = (taskId: string, decision: 'APPROVED' | 'REJECTED') =>
    watch.during(() =>
      inTransaction((tx) => inspectionJudged(taskId, decision, { now: NOW, cause: 'review.csv' }, tx)),
    );

  const row = (sourceKey: string): TaskRow => taskRow({ sourceKey, isoId: 'iso', namedAssignee: 'nok', dueAt: NOW });
  async function taskOf(taskId: string): Promise<InspectionTask> {
    const task = await findTask(taskId);
    if (task === undefined) throw new Error(`no task ${taskId}`);
    return task;
  }

  /** A task with everything done, in any state of work: what was asked may have changed since. */
  async function atWork(sourceKey: string, state: InspectionState, revision = 1): Promise<string> {
    await land(row(sourceKey));
    const taskId = taskIdOf('iso', sourceKey);
    const work = new Work(NO_SPOT);
    if (state === 'CANNOT_INSPECT') work.fills({ kind: 'cannot' }, { cannot: 'NOT_FOUND' });
    for (let n = 0; n < 60 && !canSubmit(work.inspection, NO_SPOT); n += 1) obeyed(work, n);
    if (state === 'ASSIGNED') return taskId;
    await inTransaction(async (tx) => {
      const begun = await changeTask(await taskOf(taskId), { state: 'STARTED', inspection: work.inspection }, tx);
      await changeTask(begun, { state, revision }, tx);
    });
    return taskId;
  }
  const onTask = async (taskId: string) => ({
    params: { subject: { kind: 'inspection', id: taskId } as const, version: (await taskOf(taskId)).version },
  });

  it('is one that its table knows, whatever is said, sent, and landed', async () => {
    await hire('nok');
    await hire('lek');
    const iso = { email: 'iso@x.example', name: 'iso', country: 'TH', timeZone: 'Asia/Bangkok', language: 'en' };
    await inTransaction((tx) => addIso({ isoId: 'iso', joinToken: 'join', ...iso }, tx));
    for (const state of BEGUN) {
      const taskId = await atWork(`submitted ${state}`, state);
      await watch.during(async () => tap('inspection.submit', await onTask(taskId)));
      expect((await taskOf(taskId)).state).toBe('SUBMITTED');
      await judge(taskId, state === 'STARTED' ? 'REJECTED' : 'APPROVED');
      await judge(taskId, state === 'STARTED' ? 'APPROVED' : 'REJECTED');
      await judge(taskId, 'REJECTED');
      await decide(taskId, 'REJECTED');
      await watch.during(async () => tap('inspection.correct', await onTask(taskId)));
      const corrected = await taskOf(taskId);
      if (corrected.state !== state) await inTransaction((tx) => changeTask(corrected, { state }, tx));
      await judge(taskId, 'APPROVED');

      await atWork(`moved ${state}`, state);
      await land({ ...row(`moved ${state}`), namedAssignee: 'lek' });
      await atWork(`changed ${state}`, state);
      await land({ ...row(`changed ${state}`), address: 'Silom Rd 10' });
      await atWork(`late ${state}`, state);
    }
    const late = await atWork('late ASSIGNED', 'ASSIGNED');
    const at = NOW + WEEK_MS + 1;
    await watch.during(async () => expireInspections(() => undefined).run(at));
    await land({ ...row('late ASSIGNED'), dueAt: at });
    expect((await taskOf(late)).state).toBe('ASSIGNED');
    walkAnswers();

    expect(seen.all).toEqual(movesOf(INSPECTION_MOVES));
  });
});
