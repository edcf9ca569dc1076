import { startWorld, type World, type WorldOptions } from '../test/support/world/world.ts';

/** A world whose month of calls never runs short, however much is asked of it: what is measured is the bot, not its thrift. */
export async function startBenchWorld({ env, ...options }: WorldOptions = {}): Promise<World> {
  return await startWorld({ ...options, env: { DINGTALK_CALLS_A_MONTH: '1000000', ...env } });
}
