import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { beforeAll, expect } from 'vitest';
import { promote } from '../support/conversations/promotion.ts';
import { story } from '../support/story.ts';
import { sharedWorld } from '../support/world/shared-world.ts';

const { world, nok } = sharedWorld({ joined: ['staff1'], fresh: true });
const it = story('A new operator types what docs/operating.md says');

/** What is typed as it stands on the page, with what it ends with and says; a page of one's own has other folders, people and numbers. */
const TYPED: Readonly<Record<string, readonly [code: number, says: RegExp]>> = {
  'npm run op -- iso create --email lotus@iso.example --name "Lotus Partners" --country TH --time-zone Asia/Bangkok --language th':
    [0, /Lotus Partners/],
  'npm run op -- iso admin add lotus@iso.example <userId> --name "Anong Chai"': [0, /Anong Chai/],
  'npm run op -- backup make --to /mnt/backups --keep 30': [0, /^Backup \d{8}T\d{6}Z: \d+ documents/m],
  'npm run op -- backup verify --from /mnt/backups': [0, /is whole/],
  'npm run op -- backup restore --from /mnt/backups --to ./data-restored': [0, /is as it was at backup/],
  // phones do not reach a machine of tests, and that is wrong
  'npm run doctor': [1, /✗ publicUrl/],
  'npm run doctor --silent -- --json': [1, /^\{/],
  'npm run why -- P-7K3M': [0, /began the promotion/],
  'npm run op -- programme check': [0, /./],
  'npm run op -- programme diff': [0, /./],
  'npm run op -- programme apply': [0, /./],
  'npm run op -- programme take-back': [1, /./],
};
/** What wants a machine of another kind, or hours: these are tried elsewhere, or not at all, as the page says. */
const NOT_HERE =
  /^(?:(?:docker|mongodump|mongorestore|npm test|npm run (?:sandbox|bot|mongo|check|bench|chaos))\b|MONGODB_URI=)/;

const page = readFileSync('docs/operating.md', 'utf8');
const lines = [...page.matchAll(/^ {4}((?:npm|docker|mongo|MONGODB)\S* .*)$/gm)].map(([, line = '']) =>
  line.replace(/\s+#.*$/, ''),
);

let number = '';
beforeAll(async () => {
  await world.newPerson({ name: 'Anong Chai', mobile: '+66-811112233', userId: 'anong', joined: true });
  await promote(nok, { spots: 1, together: true });
  [number = ''] = /P-[2-9A-Z]{4}/.exec((await nok.card('Submitted')).text) ?? [];
});

async function types(line: string): Promise<{ readonly code: unknown; readonly said: string }> {
  const here = line
    .replaceAll('/mnt/backups', join(world.dataDir, 'backups'))
    .replaceAll('./data-restored', join(world.dataDir, 'data-restored'))
    .replaceAll('<userId>', 'anong')
    .replaceAll('P-7K3M', number);
  const { PATH, NODE_OPTIONS, HOME } = process.env;
  const { origin } = new URL(world.sandbox.url);
  const env = { DATA_DIR: world.dataDir, DINGTALK_API_BASE: origin, DINGTALK_OAPI_BASE: origin };
  const shell = spawn('bash', ['-c', here], {
    env: { PATH, NODE_OPTIONS, HOME, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [out, problem, [code]] = await Promise.all([text(shell.stdout), text(shell.stderr), once(shell, 'exit')]);
  return { code, said: `${out}${problem}` };
}

it('every line of the page is tried here, or known to want another machine', () => {
  expect(lines.length).toBeGreaterThan(20);
  expect(lines.filter((line) => !NOT_HERE.test(line)).toSorted()).toEqual(Object.keys(TYPED).toSorted());
});

async function tries([line, [code, says]]: (typeof ALL)[number]): Promise<void> {
  const answer = await types(line);
  expect([line, answer.said, answer.code]).toEqual([line, answer.said, code]);
  expect(answer.said).toMatch(says);
}

const ALL = Object.entries(TYPED);
/** What changes nothing is typed at once: a command is mostly the start of it. */
const ONLY_LOOKS = /verify|doctor|why|check|diff/;

for (const one of ALL.filter(([line]) => !ONLY_LOOKS.test(line))) it(one[0], () => tries(one));

it('and what only looks', async () => {
  await Promise.all(ALL.filter(([line]) => ONLY_LOOKS.test(line)).map(tries));
});
