import { CLOCK_READERS, ENVIRONMENT_READERS, layerOf, PACKAGES, PURE, RANDOM_READERS } from './layers.ts';
import { packageOf, type SourceFile, targetOf } from './source-tree.ts';

const LONGEST = 400;

/** Every way in which one file breaks the rules, as lines to read. */
export function breachesOf(file: SourceFile): string[] {
  const layer = layerOf(file.path);
  if (!layer) return [`${file.path} is in no layer`];
  const found = file.imports.flatMap((specifier) => importBreach(file.path, layer, specifier) ?? []);
  if (file.lines > LONGEST) found.push(`${file.path} has ${file.lines} lines, more than ${LONGEST}`);
  if (layer.name === 'proof' || layer.name === 'page') return found;
  if (file.reads.has('process.env') && !isListed(file.path, ENVIRONMENT_READERS)) {
    found.push(`${file.path} reads process.env`);
  }
  if ((file.reads.has('Date.now') || file.reads.has('new Date')) && !isListed(file.path, CLOCK_READERS)) {
    found.push(`${file.path} reads this machine's clock`);
  }
  if (file.reads.has('Math.random') && !isListed(file.path, RANDOM_READERS))
    found.push(`${file.path} uses Math.random`);
  return found;
}

function importBreach(path: string, layer: { name: string; mayImport: readonly string[] }, specifier: string) {
  if (layer.mayImport.includes('*')) return undefined;
  const target = targetOf(path, specifier);
  if (target !== undefined) {
    if (!/\.tsx?$/.test(target)) return undefined;
    const wanted = layerOf(target)?.name ?? 'no layer';
    const allowed = wanted === layer.name || layer.mayImport.includes(wanted);
    return allowed ? undefined : `${path} (${layer.name}) imports ${target} (${wanted})`;
  }
  const pure = PURE[layer.name];
  const name = packageOf(specifier);
  const allowed = pure
    ? pure.includes(specifier) || pure.includes(name)
    : (PACKAGES[name]?.includes(layer.name) ?? true);
  return allowed ? undefined : `${path} (${layer.name}) imports ${specifier}`;
}

function isListed(path: string, list: readonly string[]): boolean {
  return list.some((entry) => (entry.endsWith('/') ? path.startsWith(entry) : path === entry));
}
