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

const GROUND = ['ground'];
/** What every part that touches the world may use. */
const CORE = [...GROUND, 'log', 'seams', 'domain', 'flow', 'inspection', 'views'];

export const LAYERS: readonly Layer[] = [
  { name: 'ground', files: ['src/errors.ts', 'src/clock.ts', 'src/ids.ts'], mayImport: [] },
  {
    name: 'seams',
    files: [
      ...['src/bot/update.ts', 'src/bot/in-flight.ts', 'src/bot/worker-pool.ts'],
      ...['src/delivery/platform.ts', 'src/delivery/back-off.ts', 'cards/view.ts', 'cards/text-key.ts'],
    ],
    mayImport: GROUND,
  },
  { name: 'log', files: ['src/log.ts'], mayImport: [] },
  { name: 'config', files: ['src/config.ts', 'src/data-key.ts', 'src/startup.ts'], mayImport: [...GROUND, 'domain'] },
  { name: 'domain', files: ['src/domain/'], mayImport: [] },
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
  { name: 'web', files: ['src/web/'], mayImport: [...CORE, 'config', 'models', 'cards', 'media'] },
  { name: 'embedded', files: ['src/embedded/'], mayImport: [...GROUND, 'log'] },
  {
    name: 'page-protocol',
    files: ['src/sandbox/page-protocol.ts', 'src/sandbox/entry-summary.ts', 'src/sandbox/form-values.ts'],
    mayImport: [],
  },
  { name: 'page', files: ['src/sandbox/page/'], mayImport: ['page-protocol'] },
  {
    name: 'sandbox',
    files: ['src/sandbox/'],
    mayImport: [...GROUND, 'log', 'domain', 'page-protocol', 'config', 'reviewer'],
  },
  { name: 'reviewer', files: ['src/reviewer/'], mayImport: [...GROUND, 'domain'] },
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
      ...['dingtalk', 'web', 'embedded'],
    ],
  },
  { name: 'scripts', files: ['scripts/'], mayImport: [...CORE, 'config', 'models', 'cards', 'embedded', 'main'] },
  { name: 'proof', files: ['test/', 'bench/'], mayImport: ['*'] },
];

/** Packages whose place is fixed: package (a name, or a scope) → layers that may import it. `proof` may import all. */
export const PACKAGES: Readonly<Record<string, readonly string[]>> = {
  'dingtalk-stream': ['dingtalk'],
  '@alicloud': ['dingtalk'],
  mongoose: ['models', 'embedded'],
  mongodb: ['models', 'embedded'],
  bson: ['models', 'embedded'],
  mingo: [],
  libsql: ['embedded', 'sandbox'],
  // The demo's reviewer looks at photos as any receiver of them would.
  sharp: ['media', 'sandbox', 'reviewer'],
  'zxing-wasm': ['media', 'sandbox'],
  koa: ['web', 'sandbox'],
  '@koa': ['web', 'sandbox'],
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
export const ENVIRONMENT_READERS = ['src/config.ts', 'src/sandbox/main.ts', 'src/sandbox/demo.ts'];

/** The only files that read this machine's clock; elsewhere time is passed in. `src/embedded/` and the sandbox live by it. */
export const CLOCK_READERS = ['src/clock.ts', 'src/embedded/', 'src/sandbox/'];

/** The only files that make randomness; elsewhere it is passed in. */
export const RANDOM_READERS = ['src/ids.ts', 'src/dingtalk/stream.ts', 'src/embedded/', 'src/sandbox/'];

export function layerOf(path: string): Layer | undefined {
  return LAYERS.find(({ files }) => files.some((file) => (file.endsWith('/') ? path.startsWith(file) : path === file)));
}
