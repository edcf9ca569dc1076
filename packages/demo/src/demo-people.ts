import { DEFAULT_SEED, type Seed } from '@field/dingtalk-sandbox';

const ABOUT: Readonly<Record<string, string>> = {
  admin1: 'admin of demo@iso.example',
  staff1: 'new here',
  staff2: 'new here',
};

/** The sandbox's own people, and what they are to the demo's ISO, which the bot sets up under the same userIds (architecture 9). */
export const DEMO_SEED: Seed = {
  ...DEFAULT_SEED,
  people: DEFAULT_SEED.people.map((person) => ({ ...person, about: ABOUT[person.userId] ?? person.about })),
};
