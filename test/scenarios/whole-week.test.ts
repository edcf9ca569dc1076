import { randomUUID } from 'node:crypto';
import { describe } from 'vitest';
import { realServerUri } from '../../packages/embedded-store/test/stores.ts';
import { LANGUAGES, type Language } from '../../src/domain/languages.ts';
import { liveAWeek } from '../support/conversations/week.ts';
import { sharedWorld } from '../support/world/shared-world.ts';

const server = realServerUri();

/**
 * A week takes its time: each run lives one, in a language that the seed chooses beside English, on a machine that is lost in its middle. `LONG=1` all
 * ten, every other one in peace, and one on a server.
 */
const ONE_OF: readonly Language[] = ['ja', 'th', 'vi', 'zh-HK', 'ko', 'id', 'zh-CN', 'fil', 'ms', 'en'];
const LIVED = process.env.LONG ? LANGUAGES : [ONE_OF[Number(process.env.CRASH_SEED ?? 0) % ONE_OF.length] ?? 'ja'];
const IN_PEACE = process.env.LONG ? LIVED.filter((_, index) => index % 2 === 0) : [];

describe.each(IN_PEACE)('a whole week on the embedded store, in %s', (language) => {
  liveAWeek(sharedWorld({ joined: ['staff2'] }), language);
});

describe.each(LIVED.filter((language) => !IN_PEACE.includes(language)))(
  'a whole week on the embedded store, whose machine is lost in its middle, in %s',
  (language) => {
    liveAWeek(sharedWorld({ joined: ['staff2'], fresh: true }), language, { losesItsMachine: true });
  },
);

describe.runIf(process.env.LONG && server !== undefined)(
  'a whole week on a MongoDB server, with LONG=1 and MONGODB_URI or REALDB_URI',
  () => {
    const address = new URL(server ?? 'mongodb://127.0.0.1');
    address.pathname = `/week_${randomUUID().slice(0, 8)}`;
    liveAWeek(sharedWorld({ joined: ['staff2'], env: { MONGODB_URI: address.href } }), 'th');
  },
);
