import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { parseAst } from 'vite';

export interface SourceFile {
  /** From the checkout's root, with slashes. */
  readonly path: string;
  readonly lines: number;
  /** As written: `./ids.ts`, `node:fs`, `zod`. Types and dynamic imports included. */
  readonly imports: readonly string[];
  /** `process.env`, `Date.now`, `new Date`, `Math.random`. */
  readonly reads: ReadonlySet<string>;
}

export const SOURCE_FOLDERS = [
  'src',
  'cards',
  'handlers',
  'models',
  'migrations',
  'scripts',
  'test',
  'bench',
  'packages',
];

/** A workspace's sources by its name; `ENTRY` is what its manifest says where that is not the file of the same name. */
const WORKSPACE = /^@field\/([\w-]+)(?:\/(.+))?$/;
const ENTRY: Readonly<Record<string, string>> = {
  demo: 'demo',
  'dingtalk-sandbox/page-protocol': 'protocol/page-protocol',
  'dingtalk-sandbox/form-values': 'protocol/form-values',
};

interface Node {
  readonly type: string;
  readonly [key: string]: unknown;
}

/** Every TypeScript file of the checkout, parsed. */
export function readSourceTree(): SourceFile[] {
  return SOURCE_FOLDERS.filter((folder) => existsSync(folder))
    .flatMap((folder) => readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)))
    .filter((path) => /\.tsx?$/.test(path) && !/(^|[\\/])(node_modules|dist)[\\/]/.test(path))
    .map((path) => parseSource(path.replaceAll('\\', '/'), readFileSync(path, 'utf8')));
}

export function parseSource(path: string, text: string): SourceFile {
  const imports: string[] = [];
  const reads = new Set<string>();
  visit(parseAst(text, { lang: path.endsWith('x') ? 'tsx' : 'ts' }) as unknown as Node, (node) => {
    const source = asNode(node.source ?? (node.type === 'TSImportType' ? node.argument : undefined));
    if (typeof source?.value === 'string') imports.push(source.value);
    const read = nameOfRead(node);
    if (read) reads.add(read);
  });
  return { path, lines: text.replace(/\n$/, '').split('\n').length, imports, reads };
}

/** The file of ours that an import in `from` means, or undefined for a package. */
export function targetOf(from: string, specifier: string): string | undefined {
  if (specifier.startsWith('.')) return normalize(join(dirname(from), specifier)).replaceAll('\\', '/');
  const [, name, module] = WORKSPACE.exec(specifier) ?? [];
  if (name === undefined) return undefined;
  const entry = ENTRY[module === undefined ? name : `${name}/${module}`] ?? module ?? 'index';
  return `packages/${name}/src/${entry}.ts`;
}

/** `@koa/router` → `@koa`, `zxing-wasm/reader` → `zxing-wasm`: a scope counts as one. */
export function packageOf(specifier: string): string {
  return specifier.split('/')[0] ?? specifier;
}

/** Each way round in which files import each other, once: `['a.ts', 'b.ts', 'a.ts']`. */
export function cyclesOf(files: readonly SourceFile[]): string[][] {
  const edges = new Map(
    files.map(({ path, imports }) => [path, imports.flatMap((name) => targetOf(path, name) ?? [])]),
  );
  const state = new Map<string, 'open' | 'done'>();
  const cycles: string[][] = [];
  const walk = (path: string, trail: readonly string[]): void => {
    if (state.get(path) === 'done') return;
    if (state.get(path) === 'open') {
      cycles.push([...trail.slice(trail.indexOf(path)), path]);
      return;
    }
    state.set(path, 'open');
    for (const next of edges.get(path) ?? []) walk(next, [...trail, path]);
    state.set(path, 'done');
  };
  for (const path of edges.keys()) walk(path, []);
  return cycles;
}

/** Pairs of folders whose files import each other's, once, each with an import of the rarer way: tests and benchmarks left out. */
export function folderPairsOf(files: readonly SourceFile[]): string[] {
  const ways = new Map<string, string[]>();
  for (const { path, imports } of files.filter((file) => !PROOF.test(file.path))) {
    for (const target of imports.flatMap((name) => targetOf(path, name) ?? [])) {
      const way = `${folderOf(path)} → ${folderOf(target)}`;
      if (folderOf(path) !== folderOf(target)) ways.set(way, [...(ways.get(way) ?? []), `${path} imports ${target}`]);
    }
  }
  return [...ways].flatMap(([way, there]) => {
    const [from = '', to = ''] = way.split(' → ');
    const back = ways.get(`${to} → ${from}`);
    return back !== undefined && from < to
      ? [`${from} ↔ ${to}: ${(there.length < back.length ? there : back)[0]}`]
      : [];
  });
}

const PROOF = /(^|\/)(test|bench)\//;

/** A room of the house: `handlers`, `src/bot`, `packages/kit/src`, `packages/dingtalk-sandbox/src/push`. */
function folderOf(path: string): string {
  const depth = path.startsWith('packages/') ? 4 : path.startsWith('src/') ? 2 : 1;
  return dirname(path).split('/').slice(0, depth).join('/');
}

function nameOfRead(node: Node): string | undefined {
  if (node.type === 'MemberExpression') {
    const name = `${asNode(node.object)?.name}.${asNode(node.property)?.name}`;
    return ['process.env', 'Date.now', 'Math.random'].includes(name) ? name : undefined;
  }
  if (node.type !== 'NewExpression' || asNode(node.callee)?.name !== 'Date') return undefined;
  return Array.isArray(node.arguments) && node.arguments.length === 0 ? 'new Date' : undefined;
}

function visit(node: Node, see: (node: Node) => void): void {
  see(node);
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) {
      const inner = asNode(child);
      if (inner) visit(inner, see);
    }
  }
}

function asNode(value: unknown): Node | undefined {
  return typeof value === 'object' && value !== null && 'type' in value ? (value as Node) : undefined;
}
