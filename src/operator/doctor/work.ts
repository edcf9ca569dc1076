import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { filesReceivedSince } from '../../../models/incoming-files.ts';
import { usageOf } from '../../../models/monthly-usage.ts';
import { readTemplateNote, type TemplateNote } from '../../../models/settings.ts';
import type { Config } from '../../config/config.ts';
import { type Amounts, METERED, type Metered, monthOf, runsOutAt } from '../../domain/limits.ts';
import { readFolder } from '../../programme-in-use/read-folder.ts';
import { readToApply } from '../../programme-in-use/read-or-refuse.ts';
import { OP } from '../command.ts';
import { isWaiting, namesEverywhere, quarantinedIn } from '../daily/incoming-folder.ts';
import { howMany } from '../how-many.ts';
import { listIsos } from '../isos.ts';
import { toProblem } from '../problem.ts';
import { type Finding, ok, warning, wrong } from './finding.ts';

const HOUR_MS = 3_600_000;
/** Data comes daily, one day late. */
const DATA_LATE_MS = 48 * HOUR_MS;
/** What waits is landed every ten minutes. */
const WAITS_TOO_LONG_MS = HOUR_MS;
const NEARLY = 0.8;

const SETTING: Readonly<Record<Metered, string>> = {
  calls: 'DINGTALK_CALLS_A_MONTH',
  pushes: 'DINGTALK_PUSHES_A_MONTH',
};

const PLACES_BY_BROWSER = warning(
  'photoPlaces',
  'the programme asks for the place of photos, and DINGTALK_AGENT_ID is not set: phones tell it by their browser, which does not say that a place is made up',
  "Set DINGTALK_AGENT_ID to the AgentId that the app's page in DingTalk's developer console shows.",
);

/** The files of the programme, and those that come and go. */
export async function lookAtFiles(
  { programmeFolder, dataDir, demo, dingtalk }: Pick<Config, 'programmeFolder' | 'dataDir' | 'demo' | 'dingtalk'>,
  now: number,
): Promise<readonly Finding[]> {
  return [
    ...(await programme(programmeFolder, !demo && dingtalk.agentId === undefined)),
    await waiting(join(dataDir, 'incoming'), now),
    await aside(join(dataDir, 'incoming')),
  ];
}

/** What the data says of the work; asked while it is open. */
export async function lookAtWork(limits: Amounts, template: TemplateNote, now: number): Promise<readonly Finding[]> {
  return [...(await quotas(limits, now)), await lastData(now), ...(await isos()), await ownTemplate(template)];
}

/** `isUnsigned`: DingTalk's client does not know that our pages are the app's. */
async function programme(folder: string, isUnsigned: boolean): Promise<readonly Finding[]> {
  try {
    const { name, photos } = readToApply(await readFolder(folder));
    const asks = photos.farAfterMetres !== undefined;
    return [
      ok('programme', `the programme in ${folder} can be worked by (${name})`),
      ...(asks && isUnsigned ? [PLACES_BY_BROWSER] : []),
    ];
  } catch (thrown) {
    const [first = '', ...more] = toProblem(thrown).sentences.split('\n');
    const says = more.length > 0 ? `${first} (and ${more.length} more)` : first;
    return [wrong('programme', says, `See all of it: ${OP} programme check`)];
  }
}

async function waiting(incoming: string, now: number): Promise<Finding> {
  const names = await namesEverywhere(incoming).catch(() => []);
  for (const name of names) {
    if (!(await isWaiting(name, incoming).catch(() => false))) continue;
    const found = await stat(join(incoming, name)).catch(() => undefined);
    if (found !== undefined && now - found.mtimeMs > WAITS_TOO_LONG_MS) {
      return wrong(
        'waiting',
        `${name} has waited in incoming/ for more than an hour`,
        'See whether the bot runs, and what its log says of it.',
      );
    }
  }
  return ok('waiting', 'nothing waits in incoming/ longer than it should');
}

async function aside(incoming: string): Promise<Finding> {
  const files = await quarantinedIn(incoming).catch(() => []);
  if (files.length === 0) return ok('quarantine', 'no daily file is in quarantine');
  const named = files.slice(0, 3).map(({ file }) => file);
  return warning(
    'quarantine',
    `${files.length} daily files are in quarantine: ${named.join(', ')}`,
    `See why: ${OP} daily status`,
  );
}

async function quotas(limits: Amounts, now: number): Promise<readonly Finding[]> {
  const used = await usageOf(monthOf(now));
  return METERED.map((what) => {
    const about = `quota.${what}`;
    const says = `${used[what]} of ${limits[what]} ${what} of this month are used`;
    const remedy = `Buy a larger edition of DingTalk and set ${SETTING[what]} to what it allows, or wait for the next month (docs/costs.md).`;
    if (used[what] >= limits[what]) return wrong(about, says, remedy);
    const end = runsOutAt({ used: used[what], limit: limits[what], since: used.since ?? now, now });
    if (end !== undefined)
      return warning(about, `${says}; at this pace all are on ${new Date(end).toISOString().slice(0, 10)}`, remedy);
    return used[what] >= limits[what] * NEARLY ? warning(about, says, remedy) : ok(about, says);
  });
}

async function lastData(now: number): Promise<Finding> {
  const [last] = await filesReceivedSince(0, 1);
  if (last === undefined) return ok('lastData', 'no daily file has come yet');
  const hours = Math.floor((now - last.receivedAt) / HOUR_MS);
  const says = `the last daily file came ${howMany(hours, 'hour')} ago (${last.name})`;
  if (now - last.receivedAt <= DATA_LATE_MS) return ok('lastData', says);
  return wrong('lastData', says, `Ask whoever sends them; what is late: ${OP} daily status`);
}

async function isos(): Promise<readonly Finding[]> {
  const all = await listIsos();
  if (all.length === 0) return [warning('isos', 'there is no ISO yet', `Add one: ${OP} iso create --help`)];
  const without = all.filter(({ admins }) => admins === 0).map(({ email }) => email);
  if (without.length === 0) return [ok('isos', `each ISO has an admin (${all.length})`)];
  return [
    wrong('isos', `nobody decides for ${without.join(', ')}`, `Make somebody its admin: ${OP} iso admin add --help`),
  ];
}

/** A published template cannot be changed, so that its id stands for what it was when it was set first. */
async function ownTemplate({ id, hash }: TemplateNote): Promise<Finding> {
  const note = await readTemplateNote();
  if (note === undefined || note.id !== id || note.hash === hash) {
    return ok('templateVersion', 'the card template is not known to be of another release');
  }
  return wrong(
    'templateVersion',
    'cards/template.json is another one than when DINGTALK_CARD_TEMPLATE_ID was set: cards lack what is new',
    'Import cards/template.json once more, publish it, and set DINGTALK_CARD_TEMPLATE_ID to its id.',
  );
}
