import type { World } from '../world.ts';

/** `playing`: it was begun and not told to its end; at the next start it is played again. */
const PHASES = ['leftOut', 'playing', 'told'] as const;
export type StoryPhase = (typeof PHASES)[number];

/** How far the story of this data is; data that never had one leaves it out. */
export function storyPhase(world: Pick<World, 'settings'>): StoryPhase {
  return PHASES[world.settings.number('story') ?? 0] ?? 'leftOut';
}

export function setStoryPhase(world: Pick<World, 'settings' | 'changes'>, phase: StoryPhase): void {
  world.settings.setNumber('story', PHASES.indexOf(phase));
  world.changes.announce('people');
}
