import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureBuilt } from './build.mjs';
import { loadEnvFile } from './env-file.mjs';
import { ensureInstalled } from './install.mjs';
import { root } from './root.mjs';
import { sayable } from './sayable.mjs';

const PARTS = {
  bot: 'dist/src/main.js',
  sandbox: 'packages/demo/dist/sandbox.js',
  mongo: 'dist/scripts/mongo.js',
  op: 'dist/scripts/op.js',
  // some of its commands
  daily: 'dist/scripts/op.js daily',
  doctor: 'dist/scripts/op.js doctor',
  setup: 'dist/scripts/op.js setup',
  why: 'dist/scripts/op.js why',
  bench: 'dist/bench/main.js',
  growth: 'dist/bench/growth.js',
  chaos: 'dist/bench/chaos.js',
  forger: 'dist/bench/forger.js',
  texts: 'dist/test/support/texts/main.js',
};

/** What somebody may have a supervisor start again. */
const SERVES = ['everything', 'bot', 'sandbox', 'mongo'];

/** Installs what is missing, builds what has changed, and runs everything or one part; one clear line when it cannot. */
export async function launch(part, args) {
  try {
    loadEnvFile(process.env.ENV_FILE || join(root, '.env'), process.env);
    ensureInstalled({ dev: false });
    await ensureBuilt();
    if (part === 'everything') await runEverything();
    else await runPart(part, args);
  } catch (error) {
    console.error(await problemOf(error));
    process.exit((SERVES.includes(part) && error?.exitCode) || 1);
  }
}

async function runEverything() {
  if (isReal(process.env)) return runPart('bot', []);
  const { startDemo } = await import('@field/demo');
  const { ended } = await startDemo(process.env);
  await ended;
}

async function runPart(part, args) {
  if (!(part in PARTS)) throw sayable(`There is no part "${part}". There are: ${Object.keys(PARTS).join(', ')}.`);
  const [file, ...words] = PARTS[part].split(' ');
  const entry = join(root, file);
  process.argv = [process.argv[0], entry, ...words, ...args];
  await import(pathToFileURL(entry).href);
}

/** Real DingTalk, or the demo? Half of the credentials is neither, and must not look like the demo. */
function isReal({ DINGTALK_CLIENT_ID: id, DINGTALK_CLIENT_SECRET: secret, DINGTALK_API_BASE, DINGTALK_OAPI_BASE }) {
  if (Boolean(id) !== Boolean(secret)) {
    const [given, missing] = id ? ['CLIENT_ID', 'CLIENT_SECRET'] : ['CLIENT_SECRET', 'CLIENT_ID'];
    throw sayable(
      `DINGTALK_${given} is set, but DINGTALK_${missing} is not. Set both for the real DingTalk, or none for the demo.`,
    );
  }
  return Boolean(id) && !(isLoopback(DINGTALK_API_BASE) && isLoopback(DINGTALK_OAPI_BASE));
}

function isLoopback(base) {
  if (!base || !URL.canParse(base)) return false;
  return ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(base).hostname);
}

/** In the product's own words once it is built; what fails before that speaks for itself. */
async function problemOf(error) {
  if (!existsSync(join(root, 'packages', 'kit', 'dist', 'startup.js'))) return error.message;
  const startup = await import('@field/kit/startup');
  return startup.problemOf(error);
}
