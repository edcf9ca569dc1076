import type { World } from '@field/dingtalk-sandbox';

/**
 * `opening`: everything is being put to its beginning, and what is done meanwhile would be lost. `playing`: it was begun and not told to
 * its end; at the next start it is played again.
 */
const PHASES = ['leftOut', 'playing', 'told', 'opening'] as const;
export type StoryPhase = (typeof PHASES)[number];

/** How far the story of this data is (architecture 9), and what of it was tried to its end. */
export interface Story {
  phase(): StoryPhase;
  open(): void;
  begin(): void;
  /** Told to its end; statistics count from here. */
  end(): void;
  leaveOut(): void;
  /** The names of the tries that are done. */
  done(): readonly string[];
  finish(name: string): void;
}

/** The story's state, kept with the sandbox's data; data that never had one leaves it out. */
export function storyOf(world: Pick<World, 'settings' | 'changes' | 'counters'>): Story {
  const { settings, changes, counters } = world;
  const set = (phase: StoryPhase): void => {
    settings.setNumber('story', PHASES.indexOf(phase));
    changes.announce('people');
  };
  const done = (): readonly string[] => (settings.text('storyDone') ?? '').split(' ').filter((name) => name !== '');
  return {
    phase: () => PHASES[settings.number('story') ?? 0] ?? 'leftOut',
    open: () => set('opening'),
    begin: () => {
      settings.setText('storyDone', '');
      set('playing');
    },
    end: () => {
      counters.clear();
      set('told');
    },
    leaveOut: () => set('leftOut'),
    done,
    finish: (name) => {
      if (done().includes(name)) return;
      settings.setText('storyDone', [...done(), name].join(' '));
      changes.announce('people');
    },
  };
}
