import { randomUUID } from 'node:crypto';
import { describe } from 'vitest';
import { realServerUri } from '../../packages/embedded-store/test/stores.ts';
import { liveAWeek } from '../support/conversations/week.ts';
import { sharedWorld } from '../support/world/shared-world.ts';

const server = realServerUri();
const WHY = 'needs MONGODB_URI or REALDB_URI';

describe('a whole week on the embedded store', () => {
  liveAWeek(sharedWorld({ joined: ['staff2'] }));
});

describe.skipIf(server === undefined)(
  `a whole week on a MongoDB server${server === undefined ? ` (${WHY})` : ''}`,
  () => {
    const address = new URL(server ?? 'mongodb://127.0.0.1');
    address.pathname = `/week_${randomUUID().slice(0, 8)}`;
    liveAWeek(sharedWorld({ joined: ['staff2'], env: { MONGODB_URI: address.href } }));
  },
);
