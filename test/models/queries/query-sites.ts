import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';

/** Where `models` asks the store, `cards.ts:12`. */
export type QuerySite = string;

export const ASKING = [
  ...([
    'find',
    'findOne',
    'findWith',
    'count',
    'distinct',
    'update',
    'updateAll',
    'updateEach',
    'change',
    'removeAll',
  ] as const),
  ...(['updateWithOthers', 'makeWithOthers'] as const),
] as const;

/** Files that ask the driver itself. */
export const BY_THE_DRIVER: Readonly<Record<string, string>> = {
  'database.ts': 'the reset of the demo removes all that is there',
  'indexes.ts': 'where documents contradict a unique index they are counted once, and the start ends',
  'personal-rows.ts':
    'what is of one person is found by reading everything, a hundred rows at a time: much of it is sealed',
  'photo-files.ts': 'GridFS, by its own indexes',
  'read-in-transaction.ts': 'what others ask in a transaction',
  'read-together.ts': 'what others ask',
  'records.ts': 'through it everything else asks',
};
/** Every query of these is by an id that stands behind another name. */
const BY_ID = ['card-answers.ts'];

/** Every place in the source that asks by anything else than an id, as far as can be read there. */
export function querySites(): readonly QuerySite[] {
  const sources = new Map(readdirSync('models').map((file) => [file, readFileSync(`models/${file}`, 'utf8')]));
  const everywhere = new Map([...sources.values()].flatMap((source) => [...idsIn(source)]));
  return [...sources].flatMap(([file, source]) => {
    if (Object.hasOwn(BY_THE_DRIVER, file) || BY_ID.includes(file)) return [];
    const own = idsIn(source);
    const asks = source.matchAll(new RegExp(`\\b([A-Z]\\w+)\\.(?:${ASKING.join('|')})(?:<[^>]*>)?\\(\\s*`, 'g'));
    return [...asks].flatMap((ask) => {
      const [whole, collection = ''] = ask;
      const id = own.get(collection) ?? everywhere.get(collection);
      if (id === undefined || isById(filterAt(source, ask.index + whole.length), id)) return [];
      return [`${file}:${source.slice(0, ask.index).split('\n').length}`];
    });
  });
}

function isById(filter: string, id: string): boolean {
  return new RegExp(`\\b${id}\\b(?!: \\{ \\$n)`).test(filter);
}

/** What is written there as a filter, with what is behind the names in it. */
function filterAt(source: string, at: number): string {
  const [name] = /^\w+(?=[,()])/.exec(source.slice(at)) ?? [];
  const [literal = ''] = name === undefined ? (/^[^}]*\}/.exec(source.slice(at)) ?? []) : [behind(source, name, at)];
  return withSpread(source, literal, at);
}

function withSpread(source: string, literal: string, at: number): string {
  const spread = [...literal.matchAll(/\.\.\.(\w+)/g)].map(([, of = '']) => behind(source, of, at));
  return [literal, ...spread.map((inner) => withSpread(source, inner, source.lastIndexOf(inner, at)))].join(' ');
}

/** The last that was declared by that name before, or a function of the file: its first literal, or that of a `filter` in it. */
function behind(source: string, name: string, at: number): string {
  const declared = Math.max(source.lastIndexOf(`const ${name} = `, at), source.indexOf(`function ${name}(`));
  if (declared < 0) return '';
  const body = source.slice(declared);
  const [, listed] = /^const \w+ = [^;]*?\.(?:flatM|m)ap\([\s\S]*?filter: (\{[^}]*\})/.exec(body) ?? [];
  const [, returned] = /^function [\s\S]*?return (\{[^}]*\})/.exec(body) ?? [];
  const [, plain] = /^const \w+ = (\{[^}]*\})/.exec(body) ?? [];
  return listed ?? returned ?? plain ?? '';
}

/** What `_id` is called in each collection of a file, by the name of its constant. */
function idsIn(source: string): ReadonlyMap<string, string> {
  const declared = source.matchAll(/const (\w+) = collection\([\s\S]*?(?:\bid: '(\w+)'|fields:)/g);
  return new Map([...declared].map(([, name = '', id = 'without an id']) => [name, id]));
}

/** Which place in `models` a stack comes from, but for the file through which all ask. */
export function siteIn(stack = ''): QuerySite | undefined {
  const places = [...stack.matchAll(/[/\\]models[/\\]([\w-]+\.ts):(\d+)/g)];
  const [, file, line] = places.find(([, name = '']) => name !== 'records.ts') ?? [];
  return file === undefined ? undefined : `${basename(file)}:${line}`;
}
