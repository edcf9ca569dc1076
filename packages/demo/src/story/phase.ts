import type { World } from '@field/dingtalk-sandbox';

/** `playing`: it was begun and not told to its end; at the next start it is played again. */
const PHASES = ['leftOut', 'playing', 'told'] as const;
export type StoryPhase = (typeof PHASES)[number];

/** How far the story of this data is (architecture 9); whoever started the sandbox tells it. */
export interface Story {
  phase(): StoryPhase;
  begin(): void;
  /** Told to its end; statistics count from here. */
  end(): void;
  leaveOut(): void;
}

/** The story's phase, kept with the sandbox's data; data that never had one leaves it out. */
export function storyOf(world: Pick<World, 'settings' | 'changes' | 'counters'>): Story {
  const set = (phase: StoryPhase): void => {
    world.settings.setNumber('story', PHASES.indexOf(phase));
    world.changes.announce('people');
  };
  return {
    phase: () => PHASES[world.settings.number('story') ?? 0] ?? 'leftOut',
    begin: () => set('playing'),
    end: () => {
      world.counters.clear();
      set('told');
    },
    leaveOut: () => set('leftOut'),
  };
}
