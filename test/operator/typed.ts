import { systemIds } from '@field/kit/ids';
import type { Operator } from '../../src/operator/command.ts';
import { type ExitCode, runCommandLine, type Terminal } from '../../src/operator/command-line.ts';
import { StillClock } from '../support/still-clock.ts';

/** What the terminal showed of a command. */
export interface Shown {
  readonly exit: ExitCode;
  readonly out: string;
  readonly err: string;
}

const clock = new StillClock();
/** On the data that the models are connected to. */
const CONNECTED: Operator = {
  ids: systemIds,
  now: () => clock.now(),
  photos: () => {
    throw new Error('photos were asked for');
  },
  onStore: (work) => work(),
  storeFolder: () => {
    throw new Error('the folder of the store was asked for');
  },
  dataKey: () => {
    throw new Error('the data key was asked for');
  },
  daily: () => {
    throw new Error('the folder of daily files was asked for');
  },
  pause: () => new Promise((resolve) => setTimeout(resolve, 1)),
  progress: { say: () => undefined, end: () => undefined },
  setUp: () => {
    throw new Error('somebody sets it up');
  },
  commandLine: () => ({ root: '/opt/field', usages: [] }),
  examine: () => {
    throw new Error('all was to be looked at');
  },
  programmeFolder: () => 'programmes/alipay-plus',
  dingTalk: () => {
    throw new Error('DingTalk was asked');
  },
};

/** Types a command as an operator does, words apart by blanks; one with a blank stands in double quotes. */
export async function typed(line: string, operator: Partial<Operator> = {}): Promise<Shown> {
  const words = [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');
  let [out, err] = ['', ''];
  const terminal: Terminal = { out: (text) => (out += text), err: (text) => (err += text) };
  const exit = await runCommandLine(words, { ...CONNECTED, ...operator }, terminal);
  return { exit, out: out.trim(), err: err.trim() };
}
