import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AppError } from '@field/kit/errors';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config/config.ts';

const KEY = Buffer.alloc(32, 7).toString('base64');
const BYTES = Buffer.from(KEY, 'base64');
const WEBHOOKS = { WEBHOOK_URL: 'https://reviewer.example/hooks/', WEBHOOK_SECRETS: `whsec_${KEY}` };
const REAL = {
  DINGTALK_CLIENT_ID: 'ding-id',
  DINGTALK_CLIENT_SECRET: 'ding-secret',
  DINGTALK_CARD_TEMPLATE_ID: 'abc.schema',
  DATA_KEY: KEY,
};
let folder = '';
const demo = (more: Record<string, string> = {}) => ({
  DINGTALK_API_BASE: 'http://127.0.0.1:3000',
  DINGTALK_OAPI_BASE: 'http://127.0.0.1:3000/',
  DATA_DIR: folder,
  ...more,
});

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'config-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** What the operator reads, one problem a line. */
function problemsOf(env: Record<string, string>): string[] {
  try {
    readConfig(env);
  } catch (error) {
    if (error instanceof AppError && typeof error.details.say === 'string') return error.details.say.split('\n');
    throw error;
  }
  return [];
}

it.each(['0', '-5', '3e3', '5000.5', 'many'])('a month of %s pushes is none', (amount) => {
  expect(problemsOf({ ...REAL, DINGTALK_PUSHES_A_MONTH: amount })).toEqual([
    'DINGTALK_PUSHES_A_MONTH must be a whole number from 1 on, such as 5000.',
  ]);
});

it('an AgentId is a number, and not the Client ID', () => {
  expect(problemsOf({ ...REAL, DINGTALK_AGENT_ID: 'dingabc' })).toEqual([
    'DINGTALK_AGENT_ID must be the AgentId of the app, a whole number, as its page in the developer console says.',
  ]);
});

it.each(['0', '11', '-1', '1.5', 'two'])('%s connections are none', (number) => {
  expect(problemsOf({ ...REAL, DINGTALK_CONNECTIONS: number })).toEqual([
    'DINGTALK_CONNECTIONS must be a whole number from 1 to 10.',
  ]);
});

it('cards lead to the page beside the chat where phones reach it, and in the demo that npm start plays', () => {
  const at = (env: Record<string, string>) => readConfig(env).capturesAt;
  expect([at(REAL), at({ ...REAL, DEMO: 'story' }), at(demo())]).toEqual([undefined, undefined, undefined]);
  expect(at(demo({ DEMO: 'none', PORT: '3009' }))).toBe('http://127.0.0.1:3009');
  const PUBLIC_URL = 'https://field.example.com/';
  expect([at({ ...REAL, PUBLIC_URL }), at(demo({ DEMO: 'story', PUBLIC_URL }))]).toEqual([
    'https://field.example.com',
    'https://field.example.com',
  ]);
});

it('records and the audit cannot be kept for less than 24 months', () => {
  expect(problemsOf({ ...REAL, KEEP_RECORDS_MONTHS: '23', KEEP_FILES_DAYS: '20000' })).toEqual([
    'KEEP_RECORDS_MONTHS must be from 24 to 10000.',
    'KEEP_FILES_DAYS must be from 7 to 10000.',
  ]);
});

describe('settings for the real DingTalk', () => {
  it('need no more than credentials, a template and a key', () => {
    expect(readConfig(REAL)).toEqual({
      demo: false,
      dingtalk: {
        clientId: 'ding-id',
        clientSecret: 'ding-secret',
        robotCode: 'ding-id',
        cardTemplateId: 'abc.schema',
        apiBase: 'https://api.dingtalk.com',
        oapiBase: 'https://oapi.dingtalk.com',
        connections: 2,
      },
      dataDir: join(process.cwd(), 'data'),
      programmeFolder: join(process.cwd(), 'programmes', 'alipay-plus'),
      diskLowBytes: 1_000 * 1024 * 1024,
      dataKey: Buffer.alloc(32, 7),
      port: 3001,
      web: {
        host: '0.0.0.0',
        admin: undefined,
        trustedProxies: ['127.0.0.0/8', '10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '::1', 'fc00::/7'],
      },
      logLevel: 'info',
      limits: { pushes: 3_000, calls: 5_000 },
      invitationsADay: 20,
      programmeTimeZone: 'Asia/Shanghai',
      incomingEncoding: 'utf-8',
      keep: { recordsMonths: 24, photosMonths: 13, draftsDays: 180, cardsDays: 30, filesDays: 90, webhooksDays: 30 },
    });
  });

  it('are taken as given', () => {
    const config = readConfig({
      ...REAL,
      DINGTALK_ROBOT_CODE: 'robot',
      DINGTALK_CONNECTIONS: '1',
      DINGTALK_AGENT_ID: '3000000042',
      MONGODB_URI: 'mongodb://db.example/field',
      DATA_DIR: '/srv/field',
      PORT: '8080',
      PUBLIC_URL: 'https://field.example.com/',
      LOG_LEVEL: 'warn',
      TZ_PROGRAMME: 'Asia/Bangkok',
      INCOMING_ENCODING: 'TIS-620',
      HOST: '10.0.0.7',
      ADMIN_HOST: '::1',
      ADMIN_PORT: '9001',
      TRUSTED_PROXIES: '10.0.0.2, fd00::/8',
    });
    expect(config.web).toEqual({
      host: '10.0.0.7',
      admin: { host: '::1', port: 9001 },
      trustedProxies: ['10.0.0.2', 'fd00::/8'],
    });
    expect(config).toMatchObject({
      dingtalk: { robotCode: 'robot', connections: 1, agentId: '3000000042' },
      mongodbUri: 'mongodb://db.example/field',
      dataDir: '/srv/field',
      port: 8080,
      publicUrl: 'https://field.example.com',
      logLevel: 'warn',
      programmeTimeZone: 'Asia/Bangkok',
      incomingEncoding: 'windows-874',
    });
  });

  it('are refused without any of what they need, all missing things at once', () => {
    expect(problemsOf({}).map((line) => line.split(' ')[0])).toEqual([
      'DINGTALK_CLIENT_ID',
      'DINGTALK_CLIENT_SECRET',
      'DINGTALK_CARD_TEMPLATE_ID',
      'DATA_KEY',
    ]);
  });

  it('are refused with only one of the two credentials', () => {
    const { DINGTALK_CLIENT_SECRET: _, ...half } = REAL;
    expect(problemsOf(half)).toEqual([expect.stringContaining('DINGTALK_CLIENT_SECRET is missing')]);
  });

  it('count an empty value as not given', () => {
    expect(readConfig({ ...REAL, PORT: '', MONGODB_URI: ' ' })).toMatchObject({ port: 3001 });
    expect(problemsOf({ ...REAL, DATA_KEY: '' })).toEqual([expect.stringContaining('DATA_KEY is missing')]);
  });
});

describe('a wrong value', () => {
  it.each([
    ['DINGTALK_API_BASE', 'api.dingtalk.com'],
    ['DINGTALK_API_BASE', 'http://api.dingtalk.com'],
    ['DINGTALK_OAPI_BASE', 'ftp://oapi.dingtalk.com'],
    ['MONGODB_URI', 'localhost:27017'],
    ['DATA_KEY', 'secret'],
    ['DATA_KEY', `${KEY}AAAA`],
    ['PORT', '0'],
    ['PORT', '65536'],
    ['PORT', '80a'],
    ['PORT', '-1'],
    ['HOST', 'field.example.com'],
    ['ADMIN_PORT', '0'],
    ['ADMIN_HOST', 'everywhere'],
    ['TRUSTED_PROXIES', '10.0.0.0/33'],
    ['TRUSTED_PROXIES', '10.0.0.0/8/1'],
    ['TRUSTED_PROXIES', 'proxy'],
    ['PUBLIC_URL', 'field.example.com'],
    ['WEBHOOK_URL', 'reviewer.example'],
    ['WEBHOOK_URL', 'http://reviewer.example/hooks'],
    ['WEBHOOK_URL', 'https://me:secret@reviewer.example/hooks'],
    ['WEBHOOK_SECRETS', 'whsec_short'],
    ['WEBHOOK_SECRETS', KEY],
    ['WEBHOOK_SECRETS', `whsec_${KEY} whsec_${KEY}=`],
    ['LOG_LEVEL', 'loud'],
    ['TZ_PROGRAMME', 'Mars/Olympus'],
    ['INCOMING_ENCODING', 'thai'],
  ])('%s=%s is named, with what to do', (name, value) => {
    expect(problemsOf({ ...REAL, ...WEBHOOKS, [name]: value })).toEqual([
      expect.stringMatching(new RegExp(`^${name} must `)),
    ]);
  });

  it('does not hide the next one', () => {
    expect(problemsOf({ ...REAL, PORT: 'x', LOG_LEVEL: 'loud' })).toHaveLength(2);
  });

  it('is never repeated in the message, for it may be a secret', () => {
    expect(problemsOf({ ...REAL, DATA_KEY: 'my-own-secret' }).join('\n')).not.toContain('my-own-secret');
  });
});

describe('a receiver of webhooks', () => {
  it('is as it was given, to the slash at its end, with each of its secrets', () => {
    const { webhooks } = readConfig({ ...REAL, ...WEBHOOKS, WEBHOOK_SECRETS: `whsec_${KEY}, whsec_${KEY}` });
    expect(webhooks).toEqual({ url: 'https://reviewer.example/hooks/', secrets: [BYTES, BYTES] });
    expect(readConfig({ ...REAL, ...WEBHOOKS, WEBHOOK_URL: 'http://127.0.0.1:9/x' }).webhooks?.url).toContain(':9/x');
  });

  it('needs both its settings', () => {
    const { WEBHOOK_URL, WEBHOOK_SECRETS } = WEBHOOKS;
    expect(problemsOf({ ...REAL, WEBHOOK_URL })).toEqual([expect.stringContaining('WEBHOOK_SECRETS is missing')]);
    expect(problemsOf({ ...REAL, WEBHOOK_SECRETS })).toEqual([expect.stringContaining('WEBHOOK_URL is missing')]);
  });

  it('has no secret in what is said of a wrong one', () => {
    const problems = problemsOf({ ...REAL, ...WEBHOOKS, WEBHOOK_SECRETS: `whsec_${KEY} mine-too` });
    expect(problems.join()).not.toMatch(/mine-too|AAAA|BwcH/);
  });
});

describe('settings for a sandbox', () => {
  it('need nothing: the demo app is known, and a key is made', () => {
    const config = readConfig(demo());
    expect(config).toMatchObject({
      demo: true,
      dingtalk: { clientId: 'demo-client', clientSecret: 'demo-secret', oapiBase: 'http://127.0.0.1:3000' },
    });
    expect(config.dataKey).toHaveLength(32);
  });

  it('are refused when only one base is on this machine', () => {
    const env = demo({ ...REAL, DINGTALK_OAPI_BASE: 'https://oapi.dingtalk.com' });
    expect(problemsOf(env)).toEqual([expect.stringContaining('must both be on this machine')]);
  });

  it('are refused with only one of the two credentials', () => {
    expect(problemsOf(demo({ DINGTALK_CLIENT_ID: 'x' }))).toEqual([expect.stringContaining('DINGTALK_CLIENT_SECRET')]);
    expect(problemsOf(demo({ DINGTALK_CLIENT_SECRET: 'x' }))).toEqual([expect.stringContaining('DINGTALK_CLIENT_ID')]);
  });

  it('keep the made key, for its owner only', () => {
    const first = readConfig(demo()).dataKey;
    expect(readConfig(demo()).dataKey).toEqual(first);
    const file = join(folder, 'data.key');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readFileSync(file, 'utf8')).toBe(first.toString('base64'));
  });

  it('never replace a damaged key, which would lose what it sealed', () => {
    const file = join(folder, 'data.key');
    writeFileSync(file, 'half');
    expect(problemsOf(demo())).toEqual([expect.stringContaining('is damaged')]);
    expect(readFileSync(file, 'utf8')).toBe('half');
  });

  it('say which folder cannot be used', () => {
    const file = join(folder, 'file');
    writeFileSync(file, '');
    expect(problemsOf(demo({ DATA_DIR: join(file, 'below') }))).toEqual([expect.stringContaining(join(file, 'below'))]);
  });
});

describe('secrets of uploads', () => {
  const secret = Buffer.alloc(32, 3).toString('base64');

  it('are as many as are named, each by another name', () => {
    expect(readConfig({ ...REAL, FEED_SECRETS: `reviewers:${secret}, next-1:${secret}` }).feedSecrets).toEqual([
      { name: 'reviewers', secret: Buffer.alloc(32, 3) },
      { name: 'next-1', secret: Buffer.alloc(32, 3) },
    ]);
    expect(readConfig(REAL).feedSecrets).toBeUndefined();
    expect(problemsOf({ ...REAL, FEED_SECRETS: `one:${secret},one:${secret}` })).toEqual([
      'FEED_SECRETS must have another name for each secret.',
    ]);
  });

  it.each([
    secret,
    `:${secret}`,
    'reviewers:',
    `Reviewers:${secret}`,
    'reviewers:c2hvcnQ=',
    `a:${secret},`,
    `a:${secret}!`,
  ])('as %j are none, and it is not said back', (value) => {
    const problems = problemsOf({ ...REAL, FEED_SECRETS: value });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(/^FEED_SECRETS must be name:secret, .*randomBytes\(32\)/);
    expect(problems[0]).not.toContain(secret);
  });
});

describe('an SFTP server', () => {
  const HOST_KEY = 'SHA256:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU';
  const server = (more: Record<string, string> = {}) => {
    writeFileSync(join(folder, 'password'), 'secret\n');
    const password = join(folder, 'password');
    const named = { SFTP_HOST: 'sftp.example.com', SFTP_USER: 'field', SFTP_HOST_KEY: HOST_KEY, SFTP_IN: '/results/' };
    return { ...REAL, ...named, SFTP_PASSWORD_FILE: password, ...more };
  };

  it('is read with what lets the bot in', () => {
    expect(readConfig(server()).sftp).toEqual({
      host: 'sftp.example.com',
      port: 22,
      user: 'field',
      hostKeys: [HOST_KEY],
      password: 'secret',
      in: '/results',
    });
    expect(readConfig({ ...REAL, SFTP_PORT: '22' }).sftp).toBeUndefined();
  });

  it('without its host key is refused, with the line that shows it', () => {
    expect(problemsOf(server({ SFTP_HOST_KEY: '', SFTP_PORT: '2222' }))).toEqual([
      'SFTP_HOST_KEY is missing: see it with "ssh-keyscan -p 2222 sftp.example.com | ssh-keygen -lf -", ask whoever runs the server whether it is theirs, and set it to SHA256:…',
    ]);
  });

  it.each<[Record<string, string>, string]>([
    [
      { SFTP_HOST_KEY: 'MD5:aa:bb' },
      'SFTP_HOST_KEY must be SHA256:… as ssh-keygen -l shows it, or several with commas between them.',
    ],
    [{ SFTP_USER: '' }, 'SFTP_USER is missing: set it to the name of the bot on that server.'],
    [
      { SFTP_PASSWORD_FILE: '' },
      'SFTP_KEY_FILE or SFTP_PASSWORD_FILE must be set, one of them: a private key, or a password.',
    ],
    [
      { SFTP_KEY_FILE: '/dev/null' },
      'SFTP_KEY_FILE or SFTP_PASSWORD_FILE must be set, one of them: a private key, or a password.',
    ],
    [
      { SFTP_KEY_FILE: '/nowhere' },
      'SFTP_KEY_FILE cannot be read: see that /nowhere is there, for whoever runs the bot.',
    ],
    [
      { SFTP_IN: '' },
      'SFTP_IN or SFTP_OUT must be set, or both: the folders on the server that files come from and go to.',
    ],
    [{ SFTP_OUT: '/results' }, 'SFTP_IN and SFTP_OUT must be two folders.'],
    [{ SFTP_HOST: '' }, 'SFTP_HOST is missing: set it to the server of SFTP_USER, or leave that out.'],
    [
      { SFTP_HOST: 'sftp://sftp.example.com' },
      'SFTP_HOST must be the name or address of a server, such as sftp.example.com.',
    ],
    [{ SFTP_PORT: '0' }, 'SFTP_PORT must be a whole number from 1 to 65535.'],
  ])('set up with %j is refused', (more, problem) => {
    expect(problemsOf(server(more))).toEqual([problem]);
  });
});
