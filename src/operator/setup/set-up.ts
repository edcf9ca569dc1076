import { randomBytes } from 'node:crypto';
import { AppError, asAppError } from '@field/kit/errors';
import { parseEmail } from '../../domain/email.ts';
import { isLanguage } from '../../domain/languages.ts';
import type { Operator } from '../command.ts';
import { remedyFor } from '../doctor/dingtalk.ts';
import { addAdmin, createIso } from '../isos.ts';
import type { Asker } from './asker.ts';
import type { Settings, SetUp } from './parts.ts';
import { SETUP_NAMES, SETUP_QUESTIONS, type SetupAnswers, type SetupName, type SetupQuestion } from './questions.ts';
import { assertMayWrite, settingsIn, writeSettings } from './settings-file.ts';

export interface SetUpDone {
  readonly file: string;
  /** Where the file lies that was there before. */
  readonly aside?: string | undefined;
  readonly iso: string;
  readonly admin: string;
  readonly hasPublicUrl: boolean;
}

const KEY_BYTES = 32;

/** Asks, tries what was answered, writes the settings, and makes the first ISO with its admin. */
export async function setUp(
  given: Partial<SetupAnswers>,
  replace: boolean,
  { ids, now }: Pick<Operator, 'ids' | 'now'>,
  parts: SetUp,
): Promise<SetUpDone> {
  const { file } = parts;
  assertMayWrite(file, replace);
  const before = settingsIn(file);
  const asker = parts.asker();
  try {
    const { answers, settings } = await answered(given, before, asker, parts);
    const aside = writeSettings(file, settings);
    const store = parts.storeOf(settings);
    const operator = { ids, now, programmeFolder: () => store.programmeFolder };
    const email = parseEmail(answers.isoEmail) ?? answers.isoEmail;
    const admin = await parts.onStore(store, async () => {
      await createIso({ email, name: answers.isoName, language: languageOf(answers) }, operator).catch(unlessThere);
      return await addAdmin({ email, userId: answers.adminId, name: answers.adminName }, { ids, now });
    });
    return { file, aside, iso: admin.iso.email, admin: admin.admin.name, hasPublicUrl: answers.publicUrl !== '' };
  } finally {
    asker.close();
  }
}

/** Answers with which DingTalk takes the app, and the database opens. */
async function answered(
  given: Partial<SetupAnswers>,
  before: Settings,
  asker: Asker,
  parts: SetUp,
): Promise<{ answers: SetupAnswers; settings: Settings }> {
  let last: Partial<SetupAnswers> = beforeOf(before);
  for (;;) {
    const answers = await all(given, last, asker);
    const settings = settingsOf(answers, before);
    try {
      const name = await tried(answers, settings, parts);
      return { answers: { ...answers, adminName: answers.adminName || name }, settings };
    } catch (thrown) {
      if (!asker.asksAgain || asAppError(thrown).kind === 'bug') throw thrown;
      asker.say(String(asAppError(thrown).details.say ?? asAppError(thrown).message));
      last = answers;
    }
  }
}

async function all(given: Partial<SetupAnswers>, last: Partial<SetupAnswers>, asker: Asker): Promise<SetupAnswers> {
  const answers: Partial<Record<SetupName, string>> = {};
  for (const name of SETUP_NAMES) answers[name] = given[name] ?? (await asker.ask(name, last[name]));
  return answers as SetupAnswers;
}

/** The name of the admin, where DingTalk tells it. */
async function tried(answers: SetupAnswers, settings: Settings, parts: SetUp): Promise<string> {
  const config = parts.configOf(settings);
  const app = parts.appOf(config);
  await asSaid(() => app.signIn());
  await asSaid(() => app.template());
  const name = answers.adminName || (await app.nameOf(answers.adminId).catch(() => '')) || '';
  if (name === '') {
    const say = `DingTalk tells no name of ${answers.adminId}: check the userId, or type the name of the admin too. Nothing was written.`;
    throw new AppError('person.unknown', { say });
  }
  const store = parts.storeOf(settings);
  await parts.onStore(store, async () => undefined).catch(unlessOtherKey(store.dataDir, parts.file));
  return name;
}

/** Whoever has lost the file, and not its key, has data that the key made now does not open. */
function unlessOtherKey(dataDir: string, file: string) {
  return (thrown: unknown): never => {
    const { code, details } = asAppError(thrown);
    if (code !== 'sealed.unreadable') throw thrown;
    const say = `There is data in ${dataDir} that was sealed with another DATA_KEY. Write the line DATA_KEY=… with that one into ${file}, and run setup again with --replace; or set DATA_DIR to an empty folder, to begin anew. Nothing was written.`;
    throw new AppError(code, { ...details, say }, { cause: thrown });
  };
}

async function asSaid<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (thrown) {
    const { code, details } = asAppError(thrown);
    const say = `DingTalk does not take that (${code}). ${remedyFor(code)} Nothing was written.`;
    throw new AppError(code, { ...details, say }, { cause: thrown });
  }
}

function settingsOf(answers: SetupAnswers, before: Settings): Settings {
  const asked = SETUP_NAMES.flatMap((name) => {
    const { variable }: SetupQuestion = SETUP_QUESTIONS[name];
    return variable === undefined ? [] : [[variable, answers[name]] as const];
  });
  const key = before.DATA_KEY || randomBytes(KEY_BYTES).toString('base64');
  return { ...before, ...Object.fromEntries(asked), DATA_KEY: key };
}

function beforeOf(before: Settings): Partial<SetupAnswers> {
  const known = SETUP_NAMES.flatMap((name) => {
    const { variable, secret }: SetupQuestion = SETUP_QUESTIONS[name];
    const value = variable === undefined || secret ? undefined : before[variable];
    return value === undefined ? [] : [[name, value] as const];
  });
  return Object.fromEntries(known);
}

function languageOf({ language }: SetupAnswers) {
  return isLanguage(language) ? language : 'en';
}

/** Whoever runs it again has that ISO already. */
function unlessThere(thrown: unknown): void {
  if (asAppError(thrown).code !== 'iso.exists') throw thrown;
}
