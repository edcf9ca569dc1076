import { z } from 'zod';
import { FOREIGN_KINDS } from '../programme/code-schema.ts';
import { acceptShape, type Decided, listShapes, refuseShape } from './codes.ts';
import { type CommandGroup, command, OP } from './command.ts';
import { howMany } from './how-many.ts';

const KIND = {
  called: 'kind',
  what: `the kind of codes, as ${OP} programme codes list names it`,
  schema: z.string().min(1, 'is empty: write the name of a kind of codes.'),
};
const said = (called: string, what: string) => ({
  called,
  what,
  schema: z.string().min(1, 'is empty: leave it out, or write what it is to be.').optional(),
});

const list = command({
  name: 'list',
  what: 'lists the kinds of codes that stand in shops and no pattern knows, and a pattern for each',
  takes: {},
  options: {},
  run: (_, operator) => listShapes(operator),
  say: ({ kinds }) =>
    kinds.length === 0
      ? 'Every code that stands anywhere is known.'
      : kinds
          .map(({ shapeId, shape, product, firstAt, codes, isos, refused, clashes, pattern }) =>
            [
              `${shapeId}  ${shape}  ${product}  ${howMany(codes, 'code')} of ${howMany(isos, 'ISO')} since ${firstAt}`,
              ...(refused === 0 ? [] : [`  refused, and still there: ${refused}`]),
              ...(clashes === 0 ? [] : [`  at another spot as well: ${clashes}`]),
              pattern === undefined
                ? '  they have nothing in common that a pattern could go by'
                : `  - ${JSON.stringify(pattern)}`,
            ].join('\n'),
          )
          .join('\n'),
});

const accept = command({
  name: 'accept',
  what: 'has a kind of codes count, as a new version of the programme: what was submitted with them is settled',
  takes: { kind: KIND },
  options: {
    id: said('name', 'how the pattern is called; the name of the kind if left out'),
    qr: said('pattern', 'what the QR codes say, instead of what is proposed'),
    typed: said('pattern', 'what is typed from the sticker'),
    canonical: said('text', 'what a code says in full, with {serial}'),
  },
  run: ({ kind, ...own }, operator) => acceptShape(kind, own, operator),
  say: (decided) => sayDecided(decided, 'codes.patterns', ' and its id into code.patterns of its step'),
});

const refuse = command({
  name: 'refuse',
  what: 'has a kind of codes told as what it is, as a new version of the programme: what was submitted with them is flagged',
  takes: {
    kind: KIND,
    is: {
      called: 'is',
      what: `what people are told it is: ${FOREIGN_KINDS.join(', ')}`,
      schema: z.enum(FOREIGN_KINDS, `is none of these: write ${FOREIGN_KINDS.join(', ')}.`),
    },
  },
  options: { starts: said('text', 'what its codes begin with, instead of what is proposed') },
  run: ({ kind, is, starts }, operator) => refuseShape(kind, is, { starts }, operator),
  say: (decided) => sayDecided(decided, 'codes.foreign', ''),
});

export const codes: CommandGroup = {
  name: 'codes',
  what: 'kinds of codes that stand in shops and no pattern of the programme knows',
  commands: [list, accept, refuse],
};

function sayDecided({ shapeId, version, product, says }: Decided, place: string, more: string): string {
  return [
    `${shapeId} of ${product}: version ${version} is worked by from now on.`,
    `Write it into the folder of the programme too, into ${place}${more}:`,
    `    - ${JSON.stringify(says)}`,
  ].join('\n');
}
