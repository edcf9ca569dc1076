/**
 * The dependency rule (architecture 3, top to bottom). `files` are matched in order, the first wins; a layer may import
 * itself and what it names, and nothing else of ours. What is not in a layer is a mistake.
 */
export interface Layer {
  readonly name: string;
  /** A folder (with a slash) or a file. */
  readonly files: readonly string[];
  readonly mayImport: readonly string[];
}

const PACKAGE_TESTS = ['kit', 'embedded-store', 'dingtalk-sandbox', 'demo'].map((name) => `packages/${name}/test/`);
/** What every part that touches the world may use. */
const CORE = [
  'kit',
  'calendar',
  'log',
  'platform',
  'work',
  'domain',
  'programme',
  'flow',
  'inspection',
  'text-keys',
  'views',
];

export const LAYERS: readonly Layer[] = [
  // what all stand on
  { name: 'calendar', files: ['packages/kit/src/calendar.ts'], mayImport: [] },
  { name: 'log', files: ['packages/kit/src/log.ts', 'packages/kit/src/log-floods.ts'], mayImport: [] },
  { name: 'startup', files: ['packages/kit/src/startup.ts'], mayImport: ['kit'] },
  { name: 'kit', files: ['packages/kit/src/'], mayImport: [] },
  // the packages beside the product
  { name: 'embedded-store', files: ['packages/embedded-store/src/'], mayImport: ['kit', 'log'] },
  { name: 'page', files: ['packages/dingtalk-sandbox/src/page/'], mayImport: ['page-protocol', 'card-template'] },
  { name: 'page-protocol', files: ['packages/dingtalk-sandbox/src/protocol/'], mayImport: [] },
  { name: 'card-template', files: ['packages/dingtalk-sandbox/src/template/'], mayImport: ['page-protocol'] },
  {
    name: 'sandbox',
    files: ['packages/dingtalk-sandbox/src/'],
    mayImport: ['kit', 'log', 'startup', 'page-protocol', 'card-template'],
  },
  {
    name: 'demo',
    files: ['packages/demo/src/'],
    mayImport: ['kit', 'calendar', 'log', 'startup', 'sandbox', 'page-protocol'],
  },
  // the rules, pure
  { name: 'domain', files: ['src/domain/'], mayImport: ['calendar'] },
  { name: 'flow', files: ['src/flow/'], mayImport: ['kit', 'calendar', 'domain'] },
  { name: 'inspection', files: ['src/inspection/'], mayImport: ['kit', 'calendar', 'domain', 'flow'] },
  { name: 'programme', files: ['src/programme/'], mayImport: ['kit', 'calendar', 'domain'] },
  // what crosses to DingTalk and back, in our own words
  { name: 'platform', files: ['src/platform/'], mayImport: ['kit', 'domain'] },
  { name: 'work', files: ['src/work/'], mayImport: ['kit'] },
  { name: 'metrics', files: ['src/metrics/'], mayImport: [] },
  { name: 'config', files: ['src/config/'], mayImport: ['kit', 'calendar', 'startup', 'domain'] },
  // what people see; a stored card is known by the name of its view, a stored line by the key of its text
  { name: 'text-keys', files: ['cards/text-key.ts'], mayImport: [] },
  { name: 'views', files: ['cards/views.ts'], mayImport: ['cards'] },
  {
    name: 'cards',
    files: ['cards/'],
    mayImport: ['kit', 'calendar', 'platform', 'domain', 'flow', 'inspection', 'text-keys'],
  },
  // what is stored, and what works on it
  { name: 'models', files: ['models/'], mayImport: CORE },
  { name: 'programme-in-use', files: ['src/programme-in-use/'], mayImport: [...CORE, 'models'] },
  { name: 'media', files: ['src/media/'], mayImport: [...CORE, 'models'] },
  { name: 'webhooks', files: ['src/webhooks/'], mayImport: [...CORE, 'models'] },
  { name: 'daily', files: ['src/daily/'], mayImport: [...CORE, 'models', 'media'] },
  { name: 'delivery', files: ['src/delivery/'], mayImport: [...CORE, 'models', 'cards'] },
  { name: 'bot', files: ['src/bot/'], mayImport: [...CORE, 'models', 'cards', 'delivery', 'media'] },
  {
    name: 'handlers',
    files: ['handlers/'],
    mayImport: [...CORE, 'models', 'cards', 'bot', 'delivery', 'media', 'daily'],
  },
  // lists as files
  { name: 'exports', files: ['src/exports/'], mayImport: [...CORE, 'models', 'cards', 'handlers'] },
  { name: 'dingtalk', files: ['src/dingtalk/'], mayImport: ['kit', 'log', 'platform', 'work'] },
  // what runs in the browser inside DingTalk
  { name: 'capture-protocol', files: ['src/web/capture/client/protocol.ts'], mayImport: ['platform'] },
  {
    name: 'entry-page',
    files: ['src/web/entries/client/', 'src/web/capture/client/'],
    mayImport: ['capture-protocol'],
  },
  {
    name: 'web',
    files: ['src/web/'],
    mayImport: [...CORE, 'config', 'metrics', 'startup', 'models', 'cards', 'media', 'entry-page', 'capture-protocol'],
  },
  // the parts put together
  {
    name: 'wiring',
    files: ['src/wiring/'],
    mayImport: [
      ...CORE,
      'config',
      'metrics',
      'models',
      'programme-in-use',
      'cards',
      'bot',
      'delivery',
      'media',
      'daily',
      'webhooks',
      'handlers',
      'dingtalk',
      'web',
    ],
  },
  {
    name: 'operator',
    files: ['src/operator/'],
    mayImport: [
      ...CORE,
      'config',
      'startup',
      'models',
      'programme-in-use',
      'cards',
      'bot',
      'handlers',
      'exports',
      'media',
      'daily',
      'dingtalk',
      'embedded-store',
      'migrations',
    ],
  },
  { name: 'migrations', files: ['migrations/'], mayImport: [...CORE, 'models'] },
  {
    name: 'main',
    files: ['src/'],
    mayImport: [
      ...CORE,
      'config',
      'startup',
      'models',
      'programme-in-use',
      'cards',
      'bot',
      'delivery',
      'media',
      'daily',
      'handlers',
      'exports',
      'dingtalk',
      'web',
      'wiring',
      'embedded-store',
      'migrations',
    ],
  },
  {
    name: 'scripts',
    files: ['scripts/'],
    mayImport: ['startup', 'kit', 'config', 'operator', 'embedded-store'],
  },
  // what watches it: the rules of Prometheus and a dashboard are made of these
  { name: 'monitoring', files: ['deploy/monitoring/'], mayImport: ['metrics'] },
  { name: 'proof', files: ['test/', 'bench/', ...PACKAGE_TESTS], mayImport: ['*'] },
];

/** Packages whose place is fixed: package (a name, or a scope) → layers that may import it. `proof` may import all. */
export const PACKAGES: Readonly<Record<string, readonly string[]>> = {
  'dingtalk-stream': ['dingtalk'],
  'dingtalk-jsapi': ['entry-page'],
  '@alicloud': ['dingtalk'],
  mongoose: ['models', 'migrations'],
  commander: ['operator'],
  '@clack': ['operator'],
  mongodb: ['models'],
  yaml: ['programme'],
  re2js: ['programme'],
  bson: ['embedded-store'],
  mingo: [],
  libsql: ['embedded-store', 'sandbox', 'scripts'],
  exifreader: ['media'],
  // The demo's reviewer looks at photos as any receiver of them would.
  sharp: ['media', 'sandbox', 'demo'],
  'zxing-wasm': ['media', 'sandbox', 'entry-page'],
  koa: ['web', 'sandbox'],
  '@koa': ['web', 'sandbox', 'demo'],
  'koa-helmet': ['web', 'sandbox'],
  'koa-compose': ['bot'],
  ssh2: ['daily'],
  ws: ['dingtalk', 'sandbox'],
  preact: ['page'],
  '@preact': ['page'],
};

/** Layers that are pure: no package and no Node module, but these. */
export const PURE: Readonly<Record<string, readonly string[]>> = {
  platform: ['zod'],
  domain: ['node:crypto', 'libphonenumber-js'],
  flow: ['node:crypto'],
  inspection: [],
  programme: ['yaml', 'zod', 're2js', 'intl-messageformat', 'node:crypto'],
  'page-protocol': [],
  'card-template': ['zod'],
  // The texts are read from `cards/locales/`, once.
  cards: ['node:crypto', 'node:fs', 'intl-messageformat', 'zod'],
};

/** The only files that read the environment: the bot's settings, and the places where other processes begin. */
export const ENVIRONMENT_READERS = [
  'src/config/config.ts',
  'packages/demo/src/sandbox.ts',
  'packages/dingtalk-sandbox/src/redirect.ts',
];

const MACHINES = ['embedded-store', 'dingtalk-sandbox', 'demo'].map((name) => `packages/${name}/src/`);

/** What runs on a phone, which has a clock and chance of its own. */
const PHONE = 'src/web/capture/client/page/';

/** The only files that read this machine's clock; elsewhere time is passed in. the store, the sandbox and the demo live by it. */
export const CLOCK_READERS = ['packages/kit/src/clock.ts', PHONE, ...MACHINES];

/** The only files that make randomness; elsewhere it is passed in. */
export const RANDOM_READERS = ['packages/kit/src/ids.ts', PHONE, ...MACHINES];

export function layerOf(path: string): Layer | undefined {
  return LAYERS.find(({ files }) => files.some((file) => (file.endsWith('/') ? path.startsWith(file) : path === file)));
}
