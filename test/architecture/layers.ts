/**
 * The dependency rule (design of the layout, top to bottom). `files` are matched in order, the first wins; a layer may import
 * itself and what it names, and nothing else of ours. What is not in a layer is a mistake.
 */
export interface Layer {
  readonly name: string;
  /** A folder (with a slash) or a file. */
  readonly files: readonly string[];
  readonly mayImport: readonly string[];
}

const PACKAGE_TESTS = ['kit', 'embedded-store', 'dingtalk-sandbox', 'demo'].map((name) => `packages/${name}/test/`);
const GROUND = ['ground', 'calendar'];
/** What every part that touches the world may use. */
const CORE = [...GROUND, 'log', 'seams', 'domain', 'flow', 'inspection', 'views'];

export const LAYERS: readonly Layer[] = [
  {
    name: 'ground',
    files: ['errors', 'clock', 'ids'].map((name) => `packages/kit/src/${name}.ts`),
    mayImport: [],
  },
  {
    name: 'seams',
    files: [
      ...['src/bot/update.ts', 'src/bot/in-flight.ts', 'src/bot/worker-pool.ts'],
      ...['src/delivery/platform.ts', 'src/delivery/back-off.ts', 'cards/view.ts', 'cards/text-key.ts'],
    ],
    mayImport: GROUND,
  },
  { name: 'calendar', files: ['packages/kit/src/calendar.ts'], mayImport: [] },
  { name: 'log', files: ['packages/kit/src/log.ts'], mayImport: [] },
  { name: 'startup', files: ['packages/kit/src/startup.ts'], mayImport: GROUND },
  { name: 'config', files: ['src/config.ts', 'src/data-key.ts'], mayImport: [...GROUND, 'startup', 'domain'] },
  { name: 'domain', files: ['src/domain/'], mayImport: ['calendar'] },
  { name: 'flow', files: ['src/flow/'], mayImport: [...GROUND, 'domain'] },
  { name: 'inspection', files: ['src/inspection/'], mayImport: [...GROUND, 'domain', 'flow'] },
  // the names of the views are what a stored card is known by
  { name: 'views', files: ['cards/views.ts'], mayImport: ['cards', 'seams'] },
  { name: 'cards', files: ['cards/'], mayImport: [...GROUND, 'seams', 'domain', 'flow', 'inspection'] },
  { name: 'photo-store', files: ['src/media/photo-store.ts', 'src/media/write-durably.ts'], mayImport: [] },
  { name: 'models', files: ['models/'], mayImport: [...CORE, 'photo-store'] },
  { name: 'bot', files: ['src/bot/'], mayImport: [...CORE, 'models', 'cards', 'delivery', 'media', 'daily'] },
  // what a view's loader answers; loaders live with their handlers
  {
    name: 'rendering',
    files: ['src/delivery/render-cards.ts'],
    mayImport: [...CORE, 'models', 'cards', 'delivery'],
  },
  { name: 'delivery', files: ['src/delivery/'], mayImport: [...CORE, 'models', 'cards', 'rendering'] },
  { name: 'media', files: ['src/media/'], mayImport: [...CORE, 'models', 'photo-store'] },
  { name: 'daily', files: ['src/daily/'], mayImport: [...CORE, 'models', 'media', 'photo-store'] },
  {
    name: 'handlers',
    files: ['handlers/'],
    mayImport: [...CORE, 'models', 'cards', 'bot', 'media', 'daily', 'rendering'],
  },
  { name: 'dingtalk', files: ['src/dingtalk/'], mayImport: [...GROUND, 'log', 'seams'] },
  { name: 'web', files: ['src/web/'], mayImport: [...CORE, 'config', 'startup', 'models', 'cards', 'media'] },
  { name: 'embedded-store', files: ['packages/embedded-store/src/'], mayImport: [...GROUND, 'log'] },
  {
    name: 'page-protocol',
    files: ['page-protocol', 'entry-summary', 'form-values'].map((name) => `packages/dingtalk-sandbox/src/${name}.ts`),
    mayImport: [],
  },
  { name: 'page', files: ['packages/dingtalk-sandbox/src/page/'], mayImport: ['page-protocol'] },
  {
    name: 'sandbox',
    files: ['packages/dingtalk-sandbox/src/'],
    mayImport: [...GROUND, 'log', 'startup', 'page-protocol'],
  },
  {
    name: 'demo',
    files: ['packages/demo/src/'],
    mayImport: [...GROUND, 'log', 'startup', 'sandbox', 'page-protocol'],
  },
  {
    name: 'main',
    files: ['src/'],
    mayImport: [
      ...[
        ...CORE,
        'config',
        'models',
        'cards',
        'bot',
        'delivery',
        'media',
        'daily',
        'handlers',
        'photo-store',
        'rendering',
      ],
      ...['dingtalk', 'web', 'embedded-store', 'startup'],
    ],
  },
  {
    name: 'scripts',
    files: ['scripts/'],
    mayImport: [...CORE, 'config', 'models', 'cards', 'embedded-store', 'main', 'startup'],
  },
  { name: 'proof', files: ['test/', 'bench/', ...PACKAGE_TESTS], mayImport: ['*'] },
];

/** Packages whose place is fixed: package (a name, or a scope) → layers that may import it. `proof` may import all. */
export const PACKAGES: Readonly<Record<string, readonly string[]>> = {
  'dingtalk-stream': ['dingtalk'],
  '@alicloud': ['dingtalk'],
  mongoose: ['models'],
  mongodb: ['models'],
  bson: ['embedded-store'],
  mingo: [],
  libsql: ['embedded-store', 'sandbox'],
  // The demo's reviewer looks at photos as any receiver of them would.
  sharp: ['media', 'sandbox', 'demo'],
  'zxing-wasm': ['media', 'sandbox'],
  koa: ['web', 'sandbox'],
  '@koa': ['web', 'sandbox', 'demo'],
  'koa-helmet': ['web', 'sandbox'],
  'koa-compose': ['bot'],
  ws: ['dingtalk', 'sandbox'],
  preact: ['page'],
  '@preact': ['page'],
};

/** Layers that are pure: no package and no Node module, but these. */
export const PURE: Readonly<Record<string, readonly string[]>> = {
  seams: [],
  domain: ['node:crypto', 'libphonenumber-js'],
  flow: ['node:crypto'],
  inspection: [],
  'page-protocol': [],
  // The texts are read from `cards/locales/`, once.
  cards: ['node:crypto', 'node:fs', 'intl-messageformat', 'zod'],
};

/** The only files that read the environment: the bot's settings, and the places where other processes begin. */
export const ENVIRONMENT_READERS = [
  'src/config.ts',
  'packages/demo/src/sandbox.ts',
  'packages/dingtalk-sandbox/src/main.ts',
];

const MACHINES = ['embedded-store', 'dingtalk-sandbox', 'demo'].map((name) => `packages/${name}/src/`);

/** The only files that read this machine's clock; elsewhere time is passed in. the store, the sandbox and the demo live by it. */
export const CLOCK_READERS = ['packages/kit/src/clock.ts', ...MACHINES];

/** The only files that make randomness; elsewhere it is passed in. */
export const RANDOM_READERS = ['packages/kit/src/ids.ts', 'src/dingtalk/stream.ts', ...MACHINES];

export function layerOf(path: string): Layer | undefined {
  return LAYERS.find(({ files }) => files.some((file) => (file.endsWith('/') ? path.startsWith(file) : path === file)));
}
