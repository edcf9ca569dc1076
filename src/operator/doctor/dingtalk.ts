import { asAppError, type ErrorCode } from '@field/kit/errors';
import type { AppLook, Permission } from '../../dingtalk/look-at-app.ts';
import { remedyOf } from '../../platform/remedies.ts';
import { type Finding, ok, unknown, wrong } from './finding.ts';

/** From here on what people send counts at a wrong time; a whole second of it is the header's own. */
const SKEW_MS = 10_000;

const NEEDED: Readonly<Record<Permission, string>> = {
  send: 'sending as a robot (qyapi_robot_sendmsg)',
  upload: 'uploading media',
  download: 'downloading what people send',
  readMembers: 'reading members (qyapi_get_member)',
  findMembers: 'adding and finding members (qyapi_manage_addresslist, qyapi_get_member_by_mobile)',
  pages: 'signing in on pages inside DingTalk',
  entries: 'the navigation at the bottom of the chat (Robot.SingleChat.ReadWrite)',
};

/** What an operator does about what may pass by itself. */
const LATER: Readonly<Partial<Record<ErrorCode, string>>> = {
  'dingtalk.unreachable':
    'see whether this machine reaches api.dingtalk.com and oapi.dingtalk.com: DNS, firewall, proxy; of the demo, whether npm start runs',
  'dingtalk.quotaUsedUp': "the month's calls are used up: a larger edition of DingTalk, or the next month",
  'dingtalk.busy': 'DingTalk lets this app or this address wait: try again in five minutes',
  'dingtalk.failed': 'DingTalk has a trouble of its own: try again in a moment',
  'dingtalk.tokenExpired':
    'DingTalk takes no token of this app: reset the secret in the developer console and set DINGTALK_CLIENT_SECRET',
};

/** The app as DingTalk sees it; `now` is the time of this machine, milliseconds. */
export async function lookAtDingTalk(app: AppLook, now: () => number): Promise<readonly Finding[]> {
  const began = now();
  let theirs: number | undefined;
  try {
    theirs = await app.signIn();
  } catch (thrown) {
    const untold = ['clock', 'events', 'template', ...Object.keys(NEEDED).map((name) => `permission.${name}`)];
    const rest = untold.map((about) => unknown(about, 'not looked at: DingTalk gives no token'));
    return [told('token', 'DingTalk gives no token', thrown), ...rest];
  }
  const permissions = Object.entries(app.permissions).map(([name, ask]) => permission(name, ask));
  return [
    ok('token', 'DingTalk gives this app a token'),
    clock(theirs, (began + now()) / 2),
    await found('events', 'a connection for messages, taps and events is given', () => app.connection()),
    await found('template', 'the card template is published', () => app.template()),
    ...(await Promise.all(permissions)),
  ];
}

function permission(name: string, ask: () => Promise<void>): Promise<Finding> {
  return found(`permission.${name}`, NEEDED[name as Permission], ask);
}

function clock(theirs: number | undefined, here: number): Finding {
  if (theirs === undefined) return unknown('clock', 'DingTalk did not say what time it is');
  const aheadMs = here - theirs;
  const says = `this machine's clock is ${Math.round(Math.abs(aheadMs) / 1_000)} s ${aheadMs < 0 ? 'behind' : 'ahead of'} DingTalk's`;
  return Math.abs(aheadMs) <= SKEW_MS
    ? ok('clock', says)
    : wrong('clock', says, 'Set the clock of this machine, best by NTP (timedatectl set-ntp true).');
}

/** That something is so, or why it is not and what to do. */
export async function found(about: string, what: string, ask: () => Promise<unknown>): Promise<Finding> {
  try {
    await ask();
    return ok(about, what);
  } catch (thrown) {
    return told(about, `not so: ${what}`, thrown);
  }
}

function told(about: string, says: string, thrown: unknown): Finding {
  const { code, details } = asAppError(thrown);
  const theirs = details.code ?? details.reason;
  return wrong(about, `${says} (${code}${theirs === undefined ? '' : `, ${theirs}`})`, remedyFor(code));
}

/** What an operator does about a call that failed so, a sentence. */
export function remedyFor(code: ErrorCode): string {
  const clause = remedyOf(code) || LATER[code] || 'look up the code in docs/dingtalk.md, 3.6';
  return `${clause.charAt(0).toUpperCase()}${clause.slice(1)}.`;
}
