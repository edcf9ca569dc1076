import { DEFAULT_SEED, type Seed, type Standing } from '@field/dingtalk-sandbox';

/** The sandbox's own people, to whom the bot sets up the demo's ISO under the same userIds (architecture 9). */
export const DEMO_SEED: Seed = DEFAULT_SEED;

/** What they are before anything was said; whoever is outside the organisation is nothing to the bot. */
export const DEMO_STANDINGS: Readonly<Record<string, Standing>> = {
  admin1: { is: 'admin', of: 'demo@iso.example' },
  staff1: { is: 'new' },
  staff2: { is: 'new' },
};
