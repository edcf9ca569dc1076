import { Int32 } from 'bson';
import type { Doc } from '../engine/doc.ts';
import { parseFilter } from '../engine/filter.ts';
import { MongoError } from '../engine/mongo-error.ts';
import { parseOrder } from '../engine/order.ts';
import { parsePipeline } from '../engine/pipeline.ts';
import { planFor } from '../engine/plan.ts';
import { asDoc } from '../engine/values.ts';
import { type Call, type Command, hintedSource, search, targetOf, type Wanted } from './command.ts';
import { ID_INDEX } from './indexes.ts';

/** How a search would be done: which index it reads. Other verbosities than `queryPlanner` say how many it finds, too. */
export const explain: Command = {
  options: 'verbosity',
  read(call) {
    const asked = asDoc(call.body.explain, 'explain');
    const [name = ''] = Object.keys(asked);
    const inner = { ...call, name, body: asked };
    const wanted = wantedBy(name, asked);
    const queryPlanner = { namespace: targetOf(inner).ns, winningPlan: winningPlan(inner, wanted) };
    if (call.body.verbosity === 'queryPlanner') return { queryPlanner, command: asked, ok: 1 };
    const nReturned = new Int32([...search(inner, wanted)].length);
    return { queryPlanner, executionStats: { executionSuccess: true, nReturned }, command: asked, ok: 1 };
  },
};

/** What a command looks for, as far as an index could help. */
function wantedBy(name: string, body: Doc): Wanted {
  const { hint } = body;
  const one = name === 'findAndModify' ? 1 : 0;
  switch (name) {
    case 'find':
      return { filter: parseFilter(body.filter), order: parseOrder(body.sort), hint };
    case 'aggregate': {
      const { filter, sort } = parsePipeline(body.pipeline);
      return { filter, order: sort, hint };
    }
    case 'count':
    case 'distinct':
    case 'findAndModify':
      return { filter: parseFilter(body.query), order: parseOrder(body.sort), limit: one, hint };
    case 'update':
    case 'delete': {
      const statement = asDoc([body.updates ?? body.deletes].flat()[0], name);
      return { filter: parseFilter(statement.q), hint: statement.hint };
    }
    default:
      throw new MongoError(59, 'CommandNotFound', `Explain failed due to unknown command: ${name}`);
  }
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
