import { Int32 } from 'bson';
import type { Doc } from '../engine/doc.ts';
import { parseFilter } from '../engine/filter.ts';
import { failedToParse, MongoError } from '../engine/mongo-error.ts';
import { parseOrder } from '../engine/order.ts';
import { parsePipeline } from '../engine/pipeline.ts';
import { planFor } from '../engine/plan.ts';
import { asDoc, asFlag } from '../engine/values.ts';
import { type Call, type Command, checkOptions, hintedSource, search, targetOf, type Wanted } from './command.ts';
import { aggregate, asCount, count, distinct, find } from './find.ts';
import { ID_INDEX } from './indexes.ts';
import { findAndModify, remove, update } from './write.ts';

const SEARCHES = { find, aggregate, count, distinct };
const EXPLAINED: Readonly<Record<string, Command>> = { ...SEARCHES, update, delete: remove, findAndModify };
const VERBOSITIES = ['queryPlanner', 'executionStats', 'allPlansExecution'];

/** How a search would be done: which index it reads. Other verbosities than `queryPlanner` say how many it finds, too. */
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
    const nReturned = new Int32([...search(inner, wanted)].length);
    return { queryPlanner, executionStats: { executionSuccess: true, nReturned }, command: asked, ok: 1 };
  },
};

/** What a command looks for, as far as an index could help. */
function wantedBy(name: string, body: Doc): Wanted {
  const command = Object.hasOwn(EXPLAINED, name) ? EXPLAINED[name] : undefined;
  if (!command) throw new MongoError(59, 'CommandNotFound', `Explain failed due to unknown command: ${name}`);
  checkOptions(name, command.options, body);
  const { query, filter = query, sort, skip, hint } = body;
  if (name === 'aggregate') {
    const { filter: first, sort: order } = parsePipeline(body.pipeline);
    return { filter: first, order, hint };
  }
  if (name === 'update' || name === 'delete') {
    const [statement, second] = [body.updates ?? body.deletes].flat();
    if (second) throw new MongoError(16, 'InvalidLength', 'explained write batches must be of size 1');
    const { q, multi, limit = asFlag(multi, 'multi') ? 0 : 1, hint: by } = asDoc(statement, name);
    return { filter: parseFilter(q), limit: Number(limit), hint: by };
  }
  const limit = name === 'findAndModify' ? 1 : asCount(body.limit, 'limit');
  return { filter: parseFilter(filter), order: parseOrder(sort), limit, skip: asCount(skip, 'skip'), hint };
}

function winningPlan(call: Call, { filter, order = [], hint }: Wanted): Doc {
  const { collection } = targetOf(call);
  if (!collection) return { stage: 'EOF' };
  const { source, sorted } = planFor(collection, { filter, sort: order, by: hintedSource(collection, hint) });
  const index = source === 'ids' ? ID_INDEX : source === 'all' ? undefined : source.spec;
  const scan = { stage: 'IXSCAN', keyPattern: index?.key, indexName: index?.name };
  const found = index ? { stage: 'FETCH', inputStage: scan } : { stage: 'COLLSCAN' };
  return sorted ? found : { stage: 'SORT', inputStage: found };
}
