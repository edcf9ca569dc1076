import { ControlError } from '@field/dingtalk-sandbox';
import type Router from '@koa/router';
import type { StoryTeller } from './story-teller.ts';

/**
 * `POST /story`: removes everything and tells the story again; answers when its people are in their place, and goes on telling. 409
 * while one is told. `onBrokenOff` is told why a telling did not come to its end.
 */
export function storyRoute(router: Router, teller: StoryTeller, onBrokenOff: (thrown: unknown) => void): void {
  router.post('/story', async (ctx) => {
    if (teller.isAtIt) throw new ControlError(409, 'underWay', 'the story is being told');
    const tell = await teller.open();
    tell().catch(onBrokenOff);
    ctx.body = { begun: true };
  });
}
