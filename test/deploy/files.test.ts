import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { readConfig } from '../../src/config/config.ts';
import { SETTINGS } from '../docs/settings.ts';

/** What an operator sets beside compose.yaml. */
const GIVEN: Readonly<Record<string, string>> = {
  DINGTALK_CLIENT_ID: 'ding-id',
  DINGTALK_CLIENT_SECRET: 'secret',
  DINGTALK_CARD_TEMPLATE_ID: 'x.schema',
  DATA_KEY: Buffer.alloc(32, 1).toString('base64'),
  PUBLIC_HOST: 'field.example.com',
};

interface Service {
  readonly image?: string;
  readonly build?: string;
  readonly user?: string;
  readonly read_only?: boolean;
  readonly environment?: Readonly<Record<string, string>>;
  readonly env_file?: readonly string[];
  readonly volumes?: readonly string[];
  readonly networks?: readonly string[];
  readonly ports?: readonly string[];
  readonly depends_on?: Readonly<Record<string, unknown>>;
  readonly command?: readonly string[];
}

interface Compose {
  readonly services: Readonly<Record<string, Service>>;
  readonly volumes: Readonly<Record<string, unknown>>;
  readonly networks: Readonly<Record<string, { readonly internal?: boolean }>>;
}

const compose: Compose = parse(readFileSync('compose.yaml', 'utf8'), { merge: true });
const services = Object.entries(compose.services);
const bots = services.filter(([, { build }]) => build !== undefined).map(([, bot]) => bot);

/** `${NAME:?}` and `${NAME:-otherwise}` as compose fills them in. */
function filled(text: string): string {
  return text.replace(/\$\{(\w+)(?::(\?|-([^}]*)))?\}/g, (_all, name: string, kind?: string, otherwise = '') => {
    const value = GIVEN[name] ?? otherwise;
    if (kind === '?' && value === '') throw new Error(`${name} is needed`);
    return value;
  });
}

describe('compose.yaml', () => {
  it('gives the bots settings that they read, and none that they do not know', () => {
    expect(bots).toHaveLength(2);
    for (const { environment = {} } of bots) {
      expect(Object.keys(environment).filter((name) => !SETTINGS.includes(name))).toEqual([]);
      const env = Object.fromEntries(Object.entries(environment).map(([name, text]) => [name, filled(text)]));
      expect(readConfig(env)).toMatchObject({
        demo: false,
        dataDir: '/data',
        publicUrl: 'https://field.example.com',
        mongodbUri: 'mongodb://mongo1:27017,mongo2:27017,mongo3:27017/field?replicaSet=rs0',
      });
    }
  });

  it('brings every other setting of the .env beside it, and none that means another place inside a container', () => {
    for (const { env_file, environment = {} } of bots) {
      expect(env_file).toEqual(['.env']);
      expect(Object.keys(environment)).toEqual(
        expect.arrayContaining(['MONGODB_URI', 'DATA_DIR', 'PORT', 'ADMIN_PORT', 'PUBLIC_URL']),
      );
    }
  });

  it('has bots that write nowhere but into a folder of their own, as nobody special', () => {
    expect(new Set(bots.flatMap(({ volumes = [] }) => volumes)).size).toBe(2);
    for (const { read_only, user, volumes = [] } of bots) {
      expect([read_only, user]).toEqual([true, 'node']);
      expect(volumes).toEqual([expect.stringMatching(/^bot\d:\/data$/)]);
    }
  });

  it('has a replica set of three that only the bots reach, and is open by the proxy alone', () => {
    const members = services.filter(([, { command }]) => command?.includes('mongod'));
    expect(members.map(([name]) => name)).toEqual(['mongo1', 'mongo2', 'mongo3']);
    for (const [, { networks, command = [] }] of members) {
      expect(networks).toEqual(['inside']);
      expect(command.join(' ')).toContain('--replSet rs0');
    }
    expect(compose.networks.inside?.internal).toBe(true);
    expect(services.filter(([, { ports }]) => ports !== undefined).map(([name]) => name)).toEqual(['proxy']);
    const makes = readFileSync('deploy/replica-set.js', 'utf8');
    for (const [name] of members) expect(makes).toContain(`'${name}'`);
  });

  it('names no service, folder or file that is not there', () => {
    for (const [, { depends_on = {}, volumes = [], networks = [] }] of services) {
      for (const other of Object.keys(depends_on)) expect(compose.services).toHaveProperty(other);
      for (const network of networks) expect(compose.networks).toHaveProperty(network);
      for (const volume of volumes) {
        const [from = ''] = volume.split(':');
        if (from.startsWith('./')) expect(existsSync(from), from).toBe(true);
        else expect(compose.volumes).toHaveProperty(from);
      }
    }
  });
});

describe('the Dockerfile', () => {
  const lines = readFileSync('Dockerfile', 'utf8')
    .split('\n')
    .filter((line) => /^[A-Z]+ /.test(line));
  const stages = lines.filter((line) => line.startsWith('FROM '));
  const last = lines.slice(lines.lastIndexOf(stages.at(-1) ?? ''));

  it('builds in one stage and runs in another, on the Node of CI, as nobody special', () => {
    expect(stages).toHaveLength(2);
    const node = readFileSync('.nvmrc', 'utf8').trim();
    expect(lines[0]).toBe(`ARG NODE=${node}`);
    expect(last.filter((line) => line.startsWith('USER '))).toEqual(['USER node']);
    expect(last.some((line) => line.startsWith('HEALTHCHECK '))).toBe(true);
    expect(lines.filter((line) => line.startsWith('ADD ') || / (curl|wget|apt-get) /.test(line))).toEqual([]);
  });

  it('runs files that there are, and takes no secret and no data into the picture', () => {
    const [command = ''] = last.filter((line) => line.startsWith('CMD '));
    expect(JSON.parse(command.slice(4))).toEqual(['node', 'dist/src/main.js']);
    expect(existsSync('src/main.ts')).toBe(true);
    const [, check = ''] = /CMD (\[.*\])$/.exec(last.find((line) => line.startsWith('HEALTHCHECK ')) ?? '') ?? [];
    expect(existsSync(JSON.parse(check)[1])).toBe(true);
    const ignored = readFileSync('.dockerignore', 'utf8').split('\n');
    expect(ignored).toEqual(expect.arrayContaining(['.env', 'data', '.git', 'node_modules', '**/node_modules']));
  });
});

it('the unit of systemd starts what there is, not again after 78, and lets it write into one folder only', () => {
  const unit = readFileSync('deploy/field-workspace.service', 'utf8');
  const [, script = ''] = /^ExecStart=\/usr\/bin\/node (\S+) bot$/m.exec(unit) ?? [];
  expect(existsSync(script)).toBe(true);
  expect(unit).toMatch(/^RestartPreventExitStatus=78$/m);
  expect(unit).toMatch(/^ProtectSystem=strict$/m);
  const [, state = ''] = /^StateDirectory=(.*)$/m.exec(unit) ?? [];
  expect(unit).toContain(`Environment=DATA_DIR=/var/lib/${state}\n`);
  const page = readFileSync('docs/operating.md', 'utf8');
  const settings = [...unit.matchAll(/^Environment=((?:ENV_FILE|DATA_DIR)=.*)$/gm)].map(([, one = '']) => one);
  for (const command of ['npm run setup', 'npm run doctor'])
    expect(page).toContain(`env ${settings.join(' ')} ${command}\n`);
  const named = [...unit.matchAll(/^Environment=(\w+)=/gm)].map(([, name = '']) => name);
  expect(named.filter((name) => !SETTINGS.includes(name))).toEqual(['ENV_FILE', 'MALLOC_ARENA_MAX']);
});

it('the proxy brings every page that phones open, and neither health nor metrics nor control', () => {
  const proxy = readFileSync('deploy/Caddyfile', 'utf8');
  for (const path of ['/join', '/poster/', '/photos/', '/examples/', '/fonts/', '/go/', '/feeds/']) {
    expect(proxy).toContain(path);
  }
  expect(proxy).not.toMatch(/\/(metrics|control|healthz)/);
});
