import { cardAsSeen, type Tap, type World } from '@field/dingtalk-sandbox';
import type { StoryPersonId } from './people.ts';
import type { Story } from './phase.ts';

interface End {
  /** As the chat page names it (`tries.ts`). */
  readonly name: string;
  readonly userId: StoryPersonId;
  readonly tapped: RegExp;
  /** What the card offers once it is done. */
  readonly offers: (actions: readonly string[]) => boolean;
}

const offering =
  (action: string, ...gone: readonly string[]) =>
  (actions: readonly string[]): boolean =>
    actions.includes(action) && !gone.some((one) => actions.includes(one));

/** How each try ends: by what is tapped last, and what the card offers then. */
const ENDS: readonly End[] = [
  { name: 'promote', userId: 'nok', tapped: /^promotion\.submit/, offers: offering('promotion.view') },
  {
    name: 'fix',
    userId: 'nok',
    tapped: /^review\.(resubmit|sendAppeal)$/,
    offers: offering('menu.open', 'review.cancelModify', 'review.sendAppeal'),
  },
  {
    name: 'inspect',
    userId: 'nok',
    tapped: /^inspection\.submit$/,
    offers: offering('inspection.tasks', 'inspection.submit'),
  },
  { name: 'approve', userId: 'ploy', tapped: /^association\.approve$/, offers: (actions) => actions.length === 0 },
];

/** Notes which try has come to its end: after a tap, by the routing keys that its card offers then, at once or when it follows. */
export class Tried {
  readonly #world: World;
  readonly #story: Story;
  /** What was tapped and is not answered in full, by its card. */
  readonly #open = new Map<string, End>();

  constructor(world: World, story: Story) {
    this.#world = world;
    this.#story = story;
    world.changes.watch((changes) => {
      if (changes.some(({ kind }) => kind === 'reset')) this.#open.clear();
      for (const outTrackId of this.#open.keys()) this.#look(outTrackId);
    });
  }

  tapped({ outTrackId, userId, params }: Tap): void {
    if (this.#story.phase() !== 'told') return;
    const end = ENDS.find((one) => one.userId === userId && one.tapped.test(String(params.action)));
    if (end === undefined) return;
    this.#open.set(outTrackId, end);
    this.#look(outTrackId);
  }

  #look(outTrackId: string): void {
    const end = this.#open.get(outTrackId);
    if (end === undefined) return;
    const { buttons = [], forms = [] } = cardAsSeen(this.#world, outTrackId, end.userId)?.view ?? {};
    const controls = [...buttons, ...forms].filter(({ disabled }) => !disabled);
    if (!end.offers(controls.map((one) => String(one.params.action)))) return;
    this.#open.delete(outTrackId);
    this.#story.finish(end.name);
  }
}
