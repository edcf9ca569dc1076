import { access, constants, stat, statfs } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import { type Finding, ok, unknown, warning, wrong } from './finding.ts';

const FLOOR = [20, 19] as const;
const MB = 1024 * 1024;
const OTHERS = 0o077;

export interface MachineSettings {
  /** Of this Node, `v20.19.0`. */
  readonly nodeVersion: string;
  readonly dataDir: string;
  readonly diskLowBytes: number;
  /** The file of the settings, where there is one. */
  readonly envFile: string;
}

/** The machine that the bot runs on: Node, the disk, who reads its files. */
export async function lookAtMachine(settings: MachineSettings): Promise<readonly Finding[]> {
  const { dataDir, envFile } = settings;
  return [
    node(settings),
    await disk(settings),
    await folder('dataDir', dataDir, 'DATA_DIR'),
    await folder('incoming', join(dataDir, 'incoming'), 'incoming/ in DATA_DIR'),
    await secrets('envFile', envFile),
    await secrets('dataRights', dataDir),
  ];
}

function node({ nodeVersion }: MachineSettings): Finding {
  const [major = 0, minor = 0] = nodeVersion.replace(/^v/, '').split('.').map(Number);
  const fits = major > FLOOR[0] || (major === FLOOR[0] && minor >= FLOOR[1]);
  const says = `Node ${nodeVersion}`;
  return fits ? ok('node', says) : wrong('node', says, `Install Node ${FLOOR.join('.')} or newer: https://nodejs.org/`);
}

async function disk({ dataDir, diskLowBytes }: MachineSettings): Promise<Finding> {
  const there = await nearest(dataDir);
  const { bavail, bsize } = await statfs(there);
  const free = bavail * bsize;
  const says = `${Math.floor(free / MB)} MB free on the disk of ${dataDir}`;
  if (free >= diskLowBytes) return ok('disk', says);
  return wrong(
    'disk',
    `${says}, less than DISK_LOW_MB (${Math.floor(diskLowBytes / MB)})`,
    'Make room: take closed hand-over files away, clear incoming/done/.',
  );
}

async function folder(about: string, path: string, called: string): Promise<Finding> {
  const there = await nearest(path);
  try {
    // of a file the empty name below it is none
    await access(join(there, sep), constants.R_OK | constants.W_OK | constants.X_OK);
    return ok(about, there === path ? `${path} can be read and written` : `${path} is made at the first start`);
  } catch {
    const remedy = `Make ${there} (${called}) writable for whoever runs the bot.`;
    return wrong(about, `${there} cannot be read and written by this user`, remedy);
  }
}

async function secrets(about: string, path: string): Promise<Finding> {
  const found = await stat(path).catch(() => undefined);
  if (found === undefined) return ok(about, `${path} is not there`);
  if (process.platform === 'win32') return unknown(about, `${path}: who may read it is not looked at on Windows`);
  if ((found.mode & OTHERS) === 0) return ok(about, `${path} is its owner's only`);
  return warning(about, `${path} can be read by others on this machine`, `Run: chmod go= ${path}`);
}

/** The folder itself, or the first above it that is there. */
async function nearest(path: string): Promise<string> {
  const isThere = await stat(path).then(
    () => true,
    (error: NodeJS.ErrnoException) => error.code !== 'ENOENT' && error.code !== 'ENOTDIR',
  );
  return isThere || path === dirname(path) ? path : await nearest(dirname(path));
}
