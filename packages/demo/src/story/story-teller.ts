import type { Story } from './phase.ts';
import { openStory, type StoryOptions, tellStory } from './tell-story.ts';

/** Tells the story, one telling at a time. */
export class StoryTeller {
  readonly #story: Story;
  readonly #options: () => StoryOptions;
  #isAtIt = false;

  /** `options` are asked for when a telling begins. */
  constructor(story: Story, options: () => StoryOptions) {
    this.#story = story;
    this.#options = options;
  }

  get isAtIt(): boolean {
    return this.#isAtIt;
  }

  /**
   * Removes what is there and puts the story's people in their place; answers how to tell it from there to the present. Throws, with
   * everything as it was, where that cannot be done.
   */
  async open(): Promise<() => Promise<void>> {
    const options = this.#options();
    const before = this.#story.phase();
    this.#isAtIt = true;
    try {
      this.#story.open();
      await openStory(options);
      this.#story.begin();
    } catch (thrown) {
      this.#isAtIt = false;
      if (before === 'told') this.#story.end();
      if (before === 'leftOut') this.#story.leaveOut();
      throw thrown;
    }
    return async () => {
      try {
        await tellStory(options);
        this.#story.end();
      } finally {
        this.#isAtIt = false;
      }
    };
  }
}
