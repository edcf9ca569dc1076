import type { Command } from '../command.ts';
import { parsePipeline } from '../pipeline.ts';
import { matching } from '../query.ts';
import { type Doc, encode } from '../values.ts';
import { firstBatch, mapped, named, namespace } from './find.ts';

export const aggregate: Command = {
  access: 'read',
  inTransactions: true,
  fields: ['pipeline', 'cursor', 'allowDiskUse'],
  run(call) {
    const { condition, sort, rest } = parsePipeline(call.body.pipeline);
    const collection = named(call);
    let docs: Iterable<Doc> = [];
    if (collection) docs = mapped(matching(call.view, collection, { condition, sort }), ({ doc }) => doc);
    for (const stage of rest) docs = stage(docs);
    return firstBatch(call, mapped(docs, encode), namespace(call));
  },
};
