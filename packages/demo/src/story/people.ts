/** Whom the story is about (architecture 9); the bot has its ISO and Ploy, its admin, from the start. */
export const STORY_ISO = 'story@iso.example';
export const STORY_GROUP = 'cid-story';

export const STORY_PEOPLE = {
  nok: { name: 'Nok Suda', mobile: '+66-812345021' },
  lek: { name: 'Lek Boonmee', mobile: '+66-812345022' },
  ploy: { name: 'Ploy Charoen', mobile: '+66-812345020' },
  mai: { name: 'Mai Srisuk', mobile: '+66-812345023' },
} as const;
export type StoryPersonId = keyof typeof STORY_PEOPLE;

export const STORY_ADMIN: StoryPersonId = 'ploy';

/** As whom the page opens when nobody was chosen. */
export const STORY_HERO: StoryPersonId = 'nok';

export function isInStory(userId: string): boolean {
  return Object.hasOwn(STORY_PEOPLE, userId);
}
