import type { Config, StoreConfig } from '../../config/config.ts';
import type { AppLook } from '../../dingtalk/look-at-app.ts';
import type { Asker } from './asker.ts';

/** By the names of their variables. */
export type Settings = Readonly<Record<string, string>>;

/** What `setup` works with besides what every command has. */
export interface SetUp {
  /** The file of the settings. */
  readonly file: string;
  readonly asker: () => Asker;
  /** The settings of the bot with these on top of what the environment says. Errors: `config.invalid`. */
  readonly configOf: (settings: Settings) => Config;
  readonly storeOf: (settings: Settings) => StoreConfig;
  readonly appOf: (config: Config) => AppLook;
  /** Does `work` on the data of these settings, brought into the form of this release. */
  readonly onStore: <T>(config: StoreConfig, work: () => Promise<T>) => Promise<T>;
}
