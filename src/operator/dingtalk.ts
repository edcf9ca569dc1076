import { MovableClock } from '@field/kit/clock';
import { createLog } from '@field/kit/log';
import { type Config, webAddressOf } from '../config/config.ts';
import { createOpenApi, type OpenApi } from '../dingtalk/open-api.ts';
import type { QuickEntryLinks } from '../platform/quick-entries.ts';

/** What a command can ask of DingTalk, as the app of the settings. */
export interface OperatorDingTalk extends Pick<OpenApi, 'uploadImage'> {
  readonly quickEntries: QuickEntryLinks;
  /** Where phones reach the bot's web, without a slash at the end; undefined while they do not. */
  readonly webAddress: string | undefined;
}

/** DingTalk as the settings name it; what goes wrong is told by the command alone. */
export function dingTalkOf(config: Config): OperatorDingTalk {
  const { cardTemplateId: templateId, ...app } = config.dingtalk;
  const log = createLog({ level: 'silent' });
  const { quickEntries, uploadImage } = createOpenApi({ ...app, templateId, clock: new MovableClock(), log });
  return { quickEntries, uploadImage, webAddress: webAddressOf(config) };
}
