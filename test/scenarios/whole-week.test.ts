import { randomUUID } from 'node:crypto';
import { describe } from 'vitest';
import { realServerUri } from '../../packages/embedded-store/test/stores.ts';
import { LANGUAGES, type Language } from '../../src/domain/languages.ts';
import { liveAWeek } from '../support/conversations/week.ts';
import { sharedWorld } from '../support/world/shared-world.ts';

const server = realServerUri();
const WHY = 'needs MONGODB_URI or REALDB_URI';

/** A week takes its time: each run lives two, of languages that the seed chooses, and `LONG=1` all ten besides that on a server. */
const TWO: readonly (readonly Language[])[] = [
  ['vi', 'ja'],
  ['th', 'zh-HK'],
  ['ko', 'id'],
  ['zh-CN', 'fil'],
  ['ms', 'en'],
];
const LIVED = process.env.LONG ? LANGUAGES : (TWO[Number(process.env.CRASH_SEED ?? 0) % TWO.length] ?? []);
/** Where there is a server, the first of two is lived on it; the other loses its machine, and so needs a store of its own. */
const ON_SERVER = process.env.LONG ? 'th' : (LIVED[0] ?? 'th');
const IN_PEACE = LIVED.filter((_, index) => index % 2 === 0 && (process.env.LONG || server === undefined));

describe.each(IN_PEACE)('a whole week on the embedded store, in %s', (language) => {
  liveAWeek(sharedWorld({ joined: ['staff2'] }), language);
});

describe.each(LIVED.filter((_, index) => index % 2 === 1))(
  'a whole week on the embedded store, whose machine is lost in its middle, in %s',
  (language) => {
    liveAWeek(sharedWorld({ joined: ['staff2'], fresh: true }), language, { losesItsMachine: true });
  },
);

describe.skipIf(server === undefined)(
  `a whole week on a MongoDB server${server === undefined ? ` (${WHY})` : ''}`,
  () => {
    const address = new URL(server ?? 'mongodb://127.0.0.1');
    address.pathname = `/week_${randomUUID().slice(0, 8)}`;
    liveAWeek(sharedWorld({ joined: ['staff2'], env: { MONGODB_URI: address.href } }), ON_SERVER);
  },
);
