import { join, resolve } from 'node:path';
import { isTimeZone } from '@field/kit/calendar';
import { AppError } from '@field/kit/errors';
import { z } from 'zod';
import { INVITATIONS_A_DAY } from '../domain/association-state.ts';
import type { Amounts } from '../domain/limits.ts';
import type { Retention } from '../domain/retention.ts';
import { dataKeyOf } from './data-key.ts';
import { type FeedSecret, feedSecrets } from './feed-secrets.ts';
import { hostKeys, remoteFolder, type SftpConfig, secretFile, sftpOf, sftpProblems } from './sftp.ts';
import { listenAddress, trustedProxies, type WebConfig, webOf, webProblems } from './web.ts';
import { NEW_SECRET, webhookSecrets } from './webhook-secrets.ts';

/** What the operator decided, read once at start. */
export interface Config {
  /** Both DingTalk bases are on this machine: a bot on a sandbox, with a clock that can be moved. */
  readonly demo: boolean;
  readonly dingtalk: {
    readonly clientId: string;
    readonly clientSecret: string;
    readonly robotCode: string;
    readonly cardTemplateId: string;
    /** What DingTalk calls the app beside its Client ID; absent: its pages are not signed. */
    readonly agentId?: string | undefined;
    /** Without a slash at the end. */
    readonly apiBase: string;
    readonly oapiBase: string;
    /** How many Stream connections this process holds. */
    readonly connections: number;
  };
  /** Absent: the embedded store in `dataDir`. */
  readonly mongodbUri?: string | undefined;
  /** Absolute. */
  readonly dataDir: string;
  /** Where the files of the programme are: applied at the first start, and held against what is applied at others. Absolute. */
  readonly programmeFolder: string;
  /** With less room on the disk of `dataDir` an operator is told. */
  readonly diskLowBytes: number;
  /** 32 bytes: what seals personal data (architecture 12). */
  readonly dataKey: Buffer;
  readonly port: number;
  readonly web: WebConfig;
  /** Where people's phones reach `port`, without a slash at the end. */
  readonly publicUrl?: string | undefined;
  /** Where the page beside the chat is opened: as phones reach it, or in the demo's own browser. Absent: cards do not lead to it. */
  readonly capturesAt?: string | undefined;
  readonly logLevel: LogLevel;
  /** What DingTalk allows the organisation in a month. */
  readonly limits: Amounts;
  /** How many invitations an ISO may send in a day. */
  readonly invitationsADay: number;
  /** What signs daily files that are uploaded; undefined: none are. */
  readonly feedSecrets?: readonly FeedSecret[] | undefined;
  /** Where daily files come from and go to besides the data folder. */
  readonly sftp?: SftpConfig | undefined;
  /** The programme's days begin at midnight here (IANA name). */
  readonly programmeTimeZone: string;
  /** What incoming files are in where no byte order mark says otherwise, as `TextDecoder` names it. */
  readonly incomingEncoding: string;
  /** Who is told what was submitted, decided and settled; absent: nobody, and nothing is recorded for it. */
  readonly webhooks?: WebhookReceiver | undefined;
  readonly keep: Retention;
}

export interface WebhookReceiver {
  readonly url: string;
  /** With each of them every message is signed. */
  readonly secrets: readonly Buffer[];
}

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]']);
const DEMO_CLIENT = 'demo-client';
const DEMO_BASE = 'http://127.0.0.1';
/** Of the demo's sandbox, unless `SANDBOX_PORT` names another. */
const DEMO_PORT = '3000';
const NEW_KEY = `node -p "crypto.randomBytes(32).toString('base64')"`;
/** What the sandbox calls its app. */
const DEMO_AGENT = '3000000001';
/** The id under which a sandbox knows the template of this product. */
const DEMO_TEMPLATE = '5f0c2d3e-8a41-4b7e-9c16-2d7a90e1b6f4.schema';

const base = z
  .string()
  .refine((value) => isWebAddress(value), 'must be a web address like https://api.dingtalk.com.')
  .refine((value) => !isWebAddress(value) || isSafe(value), 'must begin with https:// (http:// only on this machine).')
  .transform((value) => value.replace(/\/+$/, ''));

const amount = z
  .string()
  .regex(/^[1-9]\d{0,8}$/, 'must be a whole number from 1 on, such as 5000.')
  .transform(Number);

const receiver = z
  .string()
  .refine((value) => isWebAddress(value), 'must be a web address like https://reviewer.example.com/hooks.')
  .refine((value) => !isWebAddress(value) || isSafe(value), 'must begin with https:// (http:// only on this machine).')
  .refine((value) => !isWebAddress(value) || !hasUser(value), 'must name no user and no password.');

const LONGEST_PERIOD = 10_000;

/** How long something is kept, in months or days. */
function period(atLeast: number, unless: number) {
  return amount
    .refine((value) => value >= atLeast && value <= LONGEST_PERIOD, `must be from ${atLeast} to ${LONGEST_PERIOD}.`)
    .default(unless);
}

const ENVIRONMENT = z.object({
  DINGTALK_CLIENT_ID: z.string().optional(),
  DINGTALK_CLIENT_SECRET: z.string().optional(),
  DINGTALK_ROBOT_CODE: z.string().optional(),
  DINGTALK_CARD_TEMPLATE_ID: z.string().optional(),
  DINGTALK_AGENT_ID: z
    .string()
    .regex(/^\d{1,20}$/, 'must be the AgentId of the app, a whole number, as its page in the developer console says.')
    .optional(),
  DINGTALK_API_BASE: base.default('https://api.dingtalk.com'),
  DINGTALK_OAPI_BASE: base.default('https://oapi.dingtalk.com'),
  DINGTALK_CONNECTIONS: z
    .string()
    .regex(/^(?:[1-9]|10)$/, 'must be a whole number from 1 to 10.')
    .default('2')
    .transform(Number),
  DINGTALK_CALLS_A_MONTH: amount.default(5_000),
  DINGTALK_PUSHES_A_MONTH: amount.default(3_000),
  INVITATIONS_A_DAY: amount.default(INVITATIONS_A_DAY),
  MONGODB_URI: z
    .string()
    .regex(
      /^mongodb(\+srv)?:\/\/./,
      'must begin with mongodb:// or mongodb+srv://, or be left out for the embedded store.',
    )
    .optional(),
  DATA_DIR: z.string().default('./data'),
  PROGRAMME: z.string().default('./programmes/alipay-plus'),
  DISK_LOW_MB: amount.default(1_000),
  DATA_KEY: z
    .string()
    .refine((value) => isKey(value), `must be 32 bytes in base64; make one with: ${NEW_KEY}`)
    .optional(),
  PORT: z
    .string()
    .refine((value) => isPort(value), 'must be a whole number from 1 to 65535.')
    .default('3001'),
  HOST: listenAddress.optional(),
  ADMIN_PORT: z
    .string()
    .refine((value) => isPort(value), 'must be a whole number from 1 to 65535.')
    .optional(),
  ADMIN_HOST: listenAddress.default('127.0.0.1'),
  TRUSTED_PROXIES: trustedProxies,
  PUBLIC_URL: z
    .string()
    .refine((value) => isWebAddress(value), 'must be a web address like https://field.example.com.')
    .transform((value) => value.replace(/\/+$/, ''))
    .optional(),
  DEMO: z.string().optional(),
  FEED_SECRETS: feedSecrets.optional(),
  SFTP_HOST: z
    .string()
    .regex(/^[\w.:-]+$/, 'must be the name or address of a server, such as sftp.example.com.')
    .optional(),
  SFTP_PORT: z
    .string()
    .refine((value) => isPort(value), 'must be a whole number from 1 to 65535.')
    .default('22'),
  SFTP_USER: z.string().optional(),
  SFTP_KEY_FILE: secretFile.optional(),
  SFTP_PASSWORD_FILE: secretFile.optional(),
  SFTP_HOST_KEY: hostKeys.optional(),
  SFTP_IN: remoteFolder.optional(),
  SFTP_OUT: remoteFolder.optional(),
  LOG_LEVEL: z.enum(LOG_LEVELS, `must be one of ${LOG_LEVELS.join(', ')}.`).default('info'),
  TZ_PROGRAMME: z
    .string()
    .refine((value) => isTimeZone(value), 'must be a time zone like Asia/Shanghai.')
    .default('Asia/Shanghai'),
  INCOMING_ENCODING: z
    .string()
    .transform((name, { addIssue }) => {
      const encoding = encodingOf(name);
      if (encoding !== undefined) return encoding;
      addIssue('must be an encoding such as windows-874, gb18030 or utf-16le.');
      return z.NEVER;
    })
    .default('utf-8'),
  KEEP_RECORDS_MONTHS: period(24, 24),
  KEEP_PHOTOS_MONTHS: period(1, 13),
  KEEP_DRAFTS_DAYS: period(30, 180),
  KEEP_CARDS_DAYS: period(7, 30),
  KEEP_FILES_DAYS: period(7, 90),
  KEEP_WEBHOOKS_DAYS: period(7, 30),
  WEBHOOK_URL: receiver.optional(),
  WEBHOOK_SECRETS: webhookSecrets.optional(),
});
type Environment = z.infer<typeof ENVIRONMENT>;

/**
 * The settings of the bot from its environment (architecture 2), the only place that reads it. In a demo without `DATA_KEY` the key is
 * made once and kept in `DATA_DIR`. Throws `config.invalid` whose `say` names every problem, one a line, with what to do.
 */
export function readConfig(env: Readonly<Record<string, string | undefined>> = process.env): Config {
  const given = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value.trim() !== ''),
  );
  const parsed = ENVIRONMENT.safeParse(given);
  const problems = parsed.success
    ? problemsTogether(parsed.data)
    : parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`);
  if (!parsed.success || problems.length > 0) throw new AppError('config.invalid', { say: problems.join('\n') });
  return configOf(parsed.data);
}

/** Where the data is, and what opens it: all that a command beside the bot needs. */
export type StoreConfig = Pick<
  Config,
  'mongodbUri' | 'dataDir' | 'dataKey' | 'programmeFolder' | 'incomingEncoding'
> & {
  /** The Client ID of the DingTalk app. */
  readonly app: string;
};

/** As `readConfig`, for a command that works on the data alone: it needs no DingTalk app, but the key of the data. */
export function readStoreConfig(env: Readonly<Record<string, string | undefined>> = process.env): StoreConfig {
  const { MONGODB_URI, DATA_DIR, DATA_KEY, PROGRAMME, INCOMING_ENCODING } = env;
  const { DINGTALK_API_BASE, DINGTALK_OAPI_BASE, DINGTALK_CLIENT_ID } = env;
  // without a DingTalk app it is the demo's data, as with `npm start`
  const demo = DINGTALK_CLIENT_ID ? {} : { DINGTALK_API_BASE: DEMO_BASE, DINGTALK_OAPI_BASE: DEMO_BASE };
  const app = { DINGTALK_CLIENT_ID: 'any', DINGTALK_CLIENT_SECRET: 'any', DINGTALK_CARD_TEMPLATE_ID: 'any' };
  const { mongodbUri, dataDir, dataKey, programmeFolder, incomingEncoding } = readConfig({
    MONGODB_URI,
    DATA_DIR,
    DATA_KEY,
    PROGRAMME,
    INCOMING_ENCODING,
    DINGTALK_API_BASE,
    DINGTALK_OAPI_BASE,
    ...demo,
    ...app,
  });
  const store = { dataDir, dataKey, mongodbUri, programmeFolder, incomingEncoding };
  return { ...store, app: DINGTALK_CLIENT_ID || DEMO_CLIENT };
}

/** As `readConfig`, for a command that asks DingTalk: without an app of its own it is the demo's sandbox on this machine. */
export function readAppConfig(env: Readonly<Record<string, string | undefined>> = process.env): Config {
  if (env.DINGTALK_CLIENT_ID) return readConfig(env);
  const sandbox = `${DEMO_BASE}:${env.SANDBOX_PORT || DEMO_PORT}`;
  return readConfig({ DINGTALK_API_BASE: sandbox, DINGTALK_OAPI_BASE: sandbox, ...env });
}

/** Where phones reach the bot's web, and in a demo the browser of this machine; without a slash at the end. */
export function webAddressOf({ publicUrl, demo, port }: Config): string | undefined {
  return publicUrl ?? (demo ? `${DEMO_BASE}:${port}` : undefined);
}

/** The file of the settings: `.env` in `folder`, unless `ENV_FILE` names another. */
export function envFile(folder: string): string {
  return resolve(process.env.ENV_FILE || join(folder, '.env'));
}

/** The environment with other settings on top; an empty one counts as none. */
export function environmentWith(
  settings: Readonly<Record<string, string>>,
): Readonly<Record<string, string | undefined>> {
  return { ...process.env, ...settings };
}

/** What is wrong with values that are each fine alone. */
function problemsTogether(env: Environment): string[] {
  const problems = [...sftpProblems(env), ...webProblems(env)];
  const { DINGTALK_CLIENT_ID: id, DINGTALK_CLIENT_SECRET: secret } = env;
  const local = [env.DINGTALK_API_BASE, env.DINGTALK_OAPI_BASE].map(isLoopback);
  const demo = isDemo(env);
  if (local[0] !== local[1]) {
    problems.push('DINGTALK_API_BASE and DINGTALK_OAPI_BASE must both be on this machine (a sandbox), or neither.');
  }
  if (!id && (secret || !demo))
    problems.push('DINGTALK_CLIENT_ID is missing: set it to the Client ID of your DingTalk app.');
  if (!secret && (id || !demo))
    problems.push('DINGTALK_CLIENT_SECRET is missing: set it to the Client Secret of the same app.');
  if (!demo && !env.DINGTALK_CARD_TEMPLATE_ID) {
    problems.push(
      'DINGTALK_CARD_TEMPLATE_ID is missing: import the card template (npm run op -- card-template) and set its id.',
    );
  }
  if (env.WEBHOOK_URL !== undefined && env.WEBHOOK_SECRETS === undefined)
    problems.push(`WEBHOOK_SECRETS is missing: make one, give it to the receiver, and set it: ${NEW_SECRET}`);
  if (env.WEBHOOK_URL === undefined && env.WEBHOOK_SECRETS !== undefined)
    problems.push('WEBHOOK_URL is missing: set it to where the receiver takes webhooks, or leave out WEBHOOK_SECRETS.');
  if (!demo && !env.DATA_KEY) problems.push(`DATA_KEY is missing: make one, and keep it safe, with: ${NEW_KEY}`);
  return problems;
}

function configOf(env: Environment): Config {
  const demo = isDemo(env);
  const dataDir = resolve(env.DATA_DIR);
  const clientId = env.DINGTALK_CLIENT_ID ?? DEMO_CLIENT;
  return {
    demo,
    dingtalk: {
      clientId,
      clientSecret: env.DINGTALK_CLIENT_SECRET ?? 'demo-secret',
      robotCode: env.DINGTALK_ROBOT_CODE ?? clientId,
      cardTemplateId: env.DINGTALK_CARD_TEMPLATE_ID ?? DEMO_TEMPLATE,
      agentId: env.DINGTALK_AGENT_ID ?? (demo ? DEMO_AGENT : undefined),
      apiBase: env.DINGTALK_API_BASE,
      oapiBase: env.DINGTALK_OAPI_BASE,
      connections: env.DINGTALK_CONNECTIONS,
    },
    mongodbUri: env.MONGODB_URI,
    dataDir,
    programmeFolder: resolve(env.PROGRAMME),
    diskLowBytes: env.DISK_LOW_MB * 1024 * 1024,
    dataKey: env.DATA_KEY === undefined ? dataKeyOf(dataDir) : Buffer.from(env.DATA_KEY, 'base64'),
    port: Number(env.PORT),
    web: webOf(env, demo),
    publicUrl: env.PUBLIC_URL,
    // `npm start` names itself to its bot: the browser of this machine is everybody's phone there
    capturesAt: env.PUBLIC_URL ?? (demo && env.DEMO !== undefined ? `${DEMO_BASE}:${env.PORT}` : undefined),
    logLevel: env.LOG_LEVEL,
    limits: { pushes: env.DINGTALK_PUSHES_A_MONTH, calls: env.DINGTALK_CALLS_A_MONTH },
    invitationsADay: env.INVITATIONS_A_DAY,
    feedSecrets: env.FEED_SECRETS,
    sftp: sftpOf(env),
    programmeTimeZone: env.TZ_PROGRAMME,
    incomingEncoding: env.INCOMING_ENCODING,
    webhooks: receiverIn(env),
    keep: {
      recordsMonths: env.KEEP_RECORDS_MONTHS,
      photosMonths: env.KEEP_PHOTOS_MONTHS,
      draftsDays: env.KEEP_DRAFTS_DAYS,
      cardsDays: env.KEEP_CARDS_DAYS,
      filesDays: env.KEEP_FILES_DAYS,
      webhooksDays: env.KEEP_WEBHOOKS_DAYS,
    },
  };
}

function receiverIn({ WEBHOOK_URL: url, WEBHOOK_SECRETS: secrets }: Environment): WebhookReceiver | undefined {
  return url === undefined || secrets === undefined ? undefined : { url, secrets };
}

function isDemo(env: Environment): boolean {
  return isLoopback(env.DINGTALK_API_BASE) && isLoopback(env.DINGTALK_OAPI_BASE);
}

function isWebAddress(value: string): boolean {
  return /^https?:\/\//.test(value) && URL.canParse(value);
}

function isLoopback(address: string): boolean {
  return LOOPBACK.has(new URL(address).hostname);
}

function isSafe(address: string): boolean {
  return address.startsWith('https://') || isLoopback(address);
}

function isKey(value: string): boolean {
  return /^[A-Za-z0-9+/]{43}=$/.test(value);
}

/** The name of an encoding that this Node knows: `windows-874` for `TIS-620`. */
function encodingOf(name: string): string | undefined {
  try {
    return new TextDecoder(name).encoding;
  } catch {
    return undefined;
  }
}

function hasUser(address: string): boolean {
  const { username, password } = new URL(address);
  return username !== '' || password !== '';
}

function isPort(value: string): boolean {
  return /^\d{1,5}$/.test(value) && Number(value) >= 1 && Number(value) <= 65_535;
}

/** Takes the machine's time zone out of this process: nothing of the product goes by it, and what wakes jobs must not (`eachMinute`). */
export function goByUtc(): void {
  process.env.TZ = 'UTC';
}
