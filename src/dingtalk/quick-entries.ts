import { AppError } from '@field/kit/errors';
import { z } from 'zod';
import type { QuickEntryLink } from '../platform/quick-entries.ts';
import { callSdk } from './call.ts';
import { parseJson } from './json.ts';
import { banned } from './refusal.ts';
import type { Sdk } from './sdk.ts';

export const QUICK_ENTRY_PATHS = {
  set: '/v1.0/robot/plugins/set',
  query: '/v1.0/robot/plugins/query',
  clear: '/v1.0/robot/plugins/clear',
} as const;

const NAMES = z.record(z.string(), z.string());

/** `robot/plugins/set` (dingtalk 3.5). */
export async function setQuickEntries(
  sdk: Sdk,
  robotCode: string,
  entries: readonly QuickEntryLink[],
  token: string,
): Promise<void> {
  const pluginInfoList = entries.map(
    ({ names, icon, phoneUrl, computerUrl }) =>
      new sdk.robotModels.SetRobotPluginRequestPluginInfoList({
        name: JSON.stringify(names),
        icon,
        mobileUrl: phoneUrl,
        pcUrl: computerUrl,
      }),
  );
  const request = new sdk.robotModels.SetRobotPluginRequest({ robotCode, pluginInfoList });
  const headers = new sdk.robotModels.SetRobotPluginHeaders({ xAcsDingtalkAccessToken: token });
  const { body } = await callSdk(() => sdk.robot.setRobotPluginWithOptions(request, headers, sdk.runtime()));
  assertTrue(body?.result);
}

/** `robot/plugins/query`. A name that is a bare text is one for every language. */
export async function listQuickEntries(sdk: Sdk, robotCode: string, token: string): Promise<readonly QuickEntryLink[]> {
  const request = new sdk.robotModels.QueryRobotPluginRequest({ robotCode });
  const headers = new sdk.robotModels.QueryRobotPluginHeaders({ xAcsDingtalkAccessToken: token });
  const { body } = await callSdk(() => sdk.robot.queryRobotPluginWithOptions(request, headers, sdk.runtime()));
  if (body === undefined) throw banned();
  return (body.pluginInfoList ?? []).map(({ name = '', icon = '', mobileUrl = '', pcUrl = '' }) => ({
    names: NAMES.safeParse(parseJson(name)).data ?? { '*': name },
    icon,
    phoneUrl: mobileUrl,
    computerUrl: pcUrl,
  }));
}

/** `robot/plugins/clear` */
export async function clearQuickEntries(sdk: Sdk, robotCode: string, token: string): Promise<void> {
  const request = new sdk.robotModels.ClearRobotPluginRequest({ robotCode });
  const headers = new sdk.robotModels.ClearRobotPluginHeaders({ xAcsDingtalkAccessToken: token });
  const { body } = await callSdk(() => sdk.robot.clearRobotPluginWithOptions(request, headers, sdk.runtime()));
  assertTrue(body?.result);
}

/** A 200 that says no is a refusal; one that says nothing is no answer of this API. */
function assertTrue(result: boolean | undefined): void {
  if (result === undefined) throw banned();
  if (!result) throw new AppError('dingtalk.refused', { reason: 'notDone' });
}
