import { readFileSync } from 'node:fs';
import { AppError, asAppError, type ErrorCode } from '@field/kit/errors';
import { quickEntryName } from '../../cards/quick-entries.ts';
import { translator } from '../../cards/text.ts';
import { DEFAULT_LANGUAGE, languageOfTag } from '../domain/languages.ts';
import { QUICK_ENTRIES, type QuickEntry } from '../domain/quick-entries.ts';
import type { QuickEntryLink } from '../platform/quick-entries.ts';
import { remedyOf } from '../platform/remedies.ts';
import { insideDingTalk } from '../platform/todo.ts';
import type { OperatorDingTalk } from './dingtalk.ts';

/** How DingTalk's client calls its languages (dingtalk 3.5). */
const CLIENT_LANGUAGES = ['en_US', 'th_TH', 'zh_CN', 'zh_TW', 'zh_HK', 'ja_JP', 'vi_VN', 'id_ID'];

export interface ShownEntry {
  /** In English, where it has a name in English. */
  readonly name: string;
  readonly names: Readonly<Record<string, string>>;
  readonly phoneUrl: string;
}

/** Puts our entries at the bottom of everybody's chat with the robot, in place of what was there; each upload is one call. */
export async function setQuickEntries(dingTalk: OperatorDingTalk, corpId: string): Promise<readonly ShownEntry[]> {
  const { webAddress } = dingTalk;
  if (webAddress === undefined) {
    const say = 'PUBLIC_URL is missing: the entries open pages of the bot, so phones must reach its web.';
    throw new AppError('config.invalid', { say });
  }
  return await asSaid(async () => {
    const entries: QuickEntryLink[] = [];
    for (const entry of QUICK_ENTRIES) {
      const icon = await dingTalk.uploadImage({ bytes: iconOf(entry), fileName: `${entry}.png` });
      entries.push({ names: namesOf(entry), icon, ...insideDingTalk(`${webAddress}/go/${entry}?corpId=${corpId}`) });
    }
    await dingTalk.quickEntries.set(entries);
    return entries.map(shown);
  });
}

export async function listQuickEntries(dingTalk: OperatorDingTalk): Promise<readonly ShownEntry[]> {
  return await asSaid(async () => (await dingTalk.quickEntries.list()).map(shown));
}

export async function clearQuickEntries(dingTalk: OperatorDingTalk): Promise<void> {
  await asSaid(() => dingTalk.quickEntries.clear());
}

function namesOf(entry: QuickEntry): Readonly<Record<string, string>> {
  return Object.fromEntries(
    CLIENT_LANGUAGES.map((client) => {
      const t = translator(languageOfTag(client) ?? DEFAULT_LANGUAGE);
      return [client, quickEntryName(t, entry)];
    }),
  );
}

/** The picture of an entry, as it is uploaded. */
export function iconOf(entry: QuickEntry): Buffer {
  return readFileSync(new URL(`./quick-entry-icons/${entry}.png`, import.meta.url));
}

function shown({ names, phoneUrl }: QuickEntryLink): ShownEntry {
  return { name: names.en_US ?? Object.values(names)[0] ?? '', names, phoneUrl };
}

/** What DingTalk refuses, with what can be done about it. */
async function asSaid<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (thrown) {
    const { code, kind, details } = asAppError(thrown);
    if (kind === 'bug') throw thrown;
    throw new AppError(code, { ...details, say: sentenceFor(code, String(details.code ?? '')) }, { cause: thrown });
  }
}

function sentenceFor(code: ErrorCode, refusal: string): string {
  switch (code) {
    case 'dingtalk.credentials':
      return 'DingTalk does not know this app: check DINGTALK_CLIENT_ID and DINGTALK_CLIENT_SECRET.';
    case 'dingtalk.unreachable':
      return 'DingTalk does not answer. Try again in a moment.';
    case 'dingtalk.quotaUsedUp':
      return "The organisation's calls of this month are used up.";
    case 'dingtalk.permission':
      return 'The app lacks a permission: give it Robot.SingleChat.ReadWrite, and the one to upload media.';
    case 'dingtalk.robotCode':
      return `DINGTALK_ROBOT_CODE is not the code of a robot of this app that is published (${refusal}).`;
    case 'dingtalk.refused':
      return `DingTalk refused it (${refusal}).`;
    default: {
      const remedy = remedyOf(code);
      const advice = remedy === '' ? 'Try again in a moment' : `${remedy[0]?.toUpperCase()}${remedy.slice(1)}`;
      return `It did not work (${code}). ${advice}.`;
    }
  }
}
