import { MovableClock } from '@field/kit/clock';
import { derivedId } from '@field/kit/ids';
import { createLog } from '@field/kit/log';
import { cardTemplateText } from '../../../cards/template.ts';
import { type Config, webAddressOf } from '../../config/config.ts';
import { type AppLook, lookAtApp } from '../../dingtalk/look-at-app.ts';
import { dingTalkOf } from '../dingtalk.ts';
import { toProblem } from '../problem.ts';
import { iconOf } from '../quick-entries.ts';
import { lookAtBackup } from './backup.ts';
import { lookAtCertificate } from './certificate.ts';
import { lookAtData } from './database.ts';
import { lookAtDingTalk } from './dingtalk.ts';
import { type Finding, type Look, ok, unknown, wrong } from './finding.ts';
import { lookAtMachine } from './machine.ts';
import { lookAtTodos } from './todos.ts';
import { entriesElsewhere, lookAtWeb } from './web.ts';
import { lookAtWhereabouts } from './whereabouts.ts';
import { lookAtFiles, lookAtWork } from './work.ts';

export interface DoctorSettings {
  /** Throws `config.invalid` where the settings are not enough. */
  readonly config: () => Config;
  readonly nodeVersion: string;
  readonly envFile: string;
  /** The time of this machine, milliseconds. */
  readonly now: () => number;
}

/** Looks at all that a bot with these settings needs. Changes nothing that anybody sees; of DingTalk it costs a handful of calls. */
export async function examine(settings: DoctorSettings): Promise<readonly Finding[]> {
  let config: Config;
  try {
    config = settings.config();
  } catch (thrown) {
    const says = toProblem(thrown).sentences;
    return [wrong('settings', says, 'Mend .env, or the environment; npm run setup writes one.')];
  }
  const { now, nodeVersion, envFile } = settings;
  const parts: readonly (readonly [string, Look])[] = [
    ['machine', () => lookAtMachine({ ...config, nodeVersion, envFile })],
    ['dingtalk', () => lookAtDingTalk(appOf(config), now)],
    ['entries', () => entries(config)],
    ['web', () => lookAtWeb(config)],
    ['certificate', () => lookAtCertificate(webAddressOf(config), now())],
    ['files', () => lookAtFiles(config, now())],
    ['copy', async () => lookAtWhereabouts(config, now())],
    ['backup', () => lookAtBackup(config, now())],
    ['data', () => lookAtData(config, () => work(config, settings))],
  ];
  const found: Finding[] = [
    ok('settings', config.demo ? 'the settings are those of a sandbox' : 'the settings can be read'),
  ];
  for (const [part, look] of parts) found.push(...(await looked(part, look)));
  return found;
}

async function looked(part: string, look: Look): Promise<readonly Finding[]> {
  try {
    return await look();
  } catch (thrown) {
    return [wrong(part, toProblem(thrown).sentences, 'Run it again with --verbose, and tell whoever develops this.')];
  }
}

async function work(config: Config, { now }: DoctorSettings): Promise<readonly Finding[]> {
  const template = { id: config.dingtalk.cardTemplateId, hash: derivedId(cardTemplateText()) };
  return [
    ...(await lookAtWork(config.limits, template, now())),
    ...(await lookAtTodos(appOf(config), webAddressOf(config))),
  ];
}

/** The app of these settings, to be looked at. */
export function appOf(config: Config): AppLook {
  const { cardTemplateId: templateId, ...app } = config.dingtalk;
  return lookAtApp(
    { ...app, templateId, picture: iconOf('tasks') },
    { clock: new MovableClock(), log: createLog({ level: 'silent' }) },
  );
}

async function entries(config: Config): Promise<readonly Finding[]> {
  const there = await dingTalkOf(config)
    .quickEntries.list()
    .catch(() => undefined);
  if (there === undefined) return [unknown('entries', 'not looked at: DingTalk does not tell them')];
  const elsewhere = entriesElsewhere(
    there.map(({ phoneUrl }) => phoneUrl),
    webAddressOf(config),
  );
  if (elsewhere !== undefined) return [elsewhere];
  return [ok('entries', there.length === 0 ? 'no navigation is set' : 'the navigation leads to this installation')];
}
