import type { Connections } from '../push/connections.ts';
import type { Courier } from '../push/courier.ts';
import type { World } from '../world/world.ts';
import type { BotControl } from './bot.ts';

/** What the control API works on. */
export interface ControlParts {
  readonly world: World;
  readonly connections: Connections;
  readonly courier: Courier;
  readonly bot: BotControl;
  /** The card template it was started with, put back by a reset. */
  readonly templateSource: string | undefined;
}
