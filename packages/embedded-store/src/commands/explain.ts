import { Int32 } from 'bson';
import type { Doc } from '../engine/doc.ts';
import { parseFilter } from '../engine/filter.ts';
import { failedToParse, MongoError } from '../engine/mongo-error.ts';
import { parseOrder } from '../engine/order.ts';
import { parsePipeline } from '../engine/pipeline.ts';
import { type Plan, planFor } from '../engine/plan.ts';
import { asDoc, asFlag } from '../engine/values.ts';
import { type Call, type Command, checkOptions, hintedSource, search, targetOf, type Wanted } from './command.ts';
import { aggregate, asCount, count, distinct, find } from './find.ts';
import { ID_INDEX } from './indexes.ts';
import { findAndModify, remove, update } from './write.ts';

const SEARCHES = { find, aggregate, count, distinct };
const EXPLAINED: Readonly<Record<string, Command>> = { ...SEARCHES, update, delete: remove, findAndModify };
const VERBOSITIES = ['queryPlanner', 'executionStats', 'allPlansExecution'];

/** How a search would be done: which index it reads. Other verbosities than `queryPlanner` say how many it finds, and looks at, too. */
export const explain: Command = {
  options: 'verbosity',
  read(call) {
    const { verbosity = 'allPlansExecution' } = call.body;
    if (!VERBOSITIES.some((known) => known === verbosity)) throw failedToParse(`no verbosity '${String(verbosity)}'`);
    const asked = asDoc(call.body.explain, 'explain');
    const [name = ''] = Object.keys(asked);
    const inner = { ...call, name, body: asked };
    const wanted = wantedBy(name, asked);
    const queryPlanner = { namespace: targetOf(inner).ns, winningPlan: winningPlan(inner, wanted) };
    if (verbosity === 'queryPlanner') return { queryPlanner, command: asked, ok: 1 };
    const executionStats = { executionSuccess: true, ...statsOf(inner, wanted) };
    return { queryPlanner, executionStats, command: asked, ok: 1 };
  },
};

/** What is looked for, or of which only the number is asked. */
type Explained = Wanted & { isCounted?: boolean | undefined };

/** What a command looks for, as far as an index could help. */
function wantedBy(name: string, body: Doc): Explained {
  const command = Object.hasOwn(EXPLAINED, name) ? EXPLAINED[name] : undefined;
  if (!command) throw new MongoError(59, 'CommandNotFound', `Explain failed due to unknown command: ${name}`);
  checkOptions(name, command.options, body);
  const { query, filter = query, sort, skip, hint } = body;
  if (name === 'aggregate') {
    const { filter: first, sort: order, skip: passed, limit, counted } = parsePipeline(body.pipeline);
    return { filter: first, order, skip: passed, limit, hint, isCounted: counted !== undefined };
  }
  if (name === 'update' || name === 'delete') {
    const [statement, second] = [body.updates ?? body.deletes].flat();
    if (second) throw new MongoError(16, 'InvalidLength', 'explained write batches must be of size 1');
    const { q, multi, limit = asFlag(multi, 'multi') ? 0 : 1, hint: by } = asDoc(statement, name);
    return { filter: parseFilter(q), limit: Number(limit), hint: by };
  }
  const limit = name === 'findAndModify' ? 1 : asCount(body.limit, 'limit');
  const isCounted = name === 'count';
  return { filter: parseFilter(filter), order: parseOrder(sort), limit, skip: asCount(skip, 'skip'), hint, isCounted };
}

function statsOf(call: Call, { isCounted, ...wanted }: Explained): Doc {
  let examined = 0;
  const found = [...search(call, wanted, () => examined++)].length;
  const isRead = !isCounted || planOf(call, wanted)?.exact !== true;
  return { nReturned: new Int32(found), totalDocsExamined: new Int32(isRead ? examined : 0) };
}

function planOf(call: Call, { filter, order = [], limit = 0, hint }: Wanted): Plan | undefined {
  const { collection } = targetOf(call);
  return (
    collection && planFor(collection, { filter, sort: order, some: limit > 0, by: hintedSource(collection, hint) })
  );
}

function winningPlan(call: Call, { isCounted, ...wanted }: Explained): Doc {
  const plan = planOf(call, wanted);
  if (!plan) return { stage: 'EOF' };
  const { source, sorted, exact } = plan;
  const index = source === 'ids' ? ID_INDEX : source === 'all' ? undefined : source.spec;
  const by = { keyPattern: index?.key, indexName: index?.name };
  if (index && isCounted && exact) return { stage: 'COUNT', inputStage: { stage: 'COUNT_SCAN', ...by } };
  const found = index ? { stage: 'FETCH', inputStage: { stage: 'IXSCAN', ...by } } : { stage: 'COLLSCAN' };
  return sorted ? found : { stage: 'SORT', inputStage: found };
}
