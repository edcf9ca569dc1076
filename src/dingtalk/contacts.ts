import { AppError, asAppError, type ErrorCode } from '@field/kit/errors';
import { z } from 'zod';
import type { Contact, Invited } from '../platform/platform.ts';
import { someCode, someText } from './json.ts';
import { askOldApi } from './oapi.ts';

export const CONTACT_PATHS = {
  create: '/topapi/v2/user/create',
  byMobile: '/topapi/v2/user/getbymobile',
  get: '/topapi/v2/user/get',
} as const;

/** The department that every organisation has. */
const ROOT_DEPARTMENT = '1';
const LONGEST_NAME = 80;

const WAITS_FOR_CONSENT = '40103';
/** The number is in the organisation, or whoever uses it in DingTalk is. */
const IS_IN_ALREADY: ReadonlySet<string> = new Set(['60104', '60107']);
const NOT_FOUND = '60121';
/** A `userid` that nobody has, or that cannot be one. */
const NOBODY: ReadonlySet<string> = new Set([NOT_FOUND, '60111', '33012']);
const UNKNOWN_NUMBER: ReadonlySet<string> = new Set(['40104', '60103', '60118', NOT_FOUND]);
const REFUSALS: Readonly<Record<string, ErrorCode>> = {
  '40104': 'contact.badNumber',
  '60103': 'contact.badNumber',
  '60118': 'contact.badNumber',
  '40020': 'contact.organisationFull',
  '40023': 'contact.organisationFull',
  '40024': 'contact.organisationFull',
  '45024': 'contact.organisationFull',
  '40019': 'contact.tooManyOrganisations',
  '50002': 'contact.notPermitted',
  '50004': 'contact.notPermitted',
};

const withUserId = z.object({ result: z.object({ userid: z.string().min(1) }) });
const withContact = z.object({
  result: z.object({ name: someText, mobile: someText, state_code: someCode, unionid: someText }),
});

/** `topapi/v2/user/create` (dingtalk 3.4). Whoever is in already is looked up by the number. */
export async function invite(
  oapiBase: string,
  { name, mobile }: { name: string; mobile: string },
  token: string,
): Promise<Invited> {
  const about = { name: name.slice(0, LONGEST_NAME), dept_id_list: ROOT_DEPARTMENT };
  const create = (number: string) => askOldApi(oapiBase, CONTACT_PATHS.create, { ...about, mobile: number }, token);
  const lookUp = (number: string) => askOldApi(oapiBase, CONTACT_PATHS.byMobile, { mobile: number }, token);
  try {
    return memberIn(await asEitherWritesIt(mobile, create));
  } catch (thrown) {
    const code = codeOf(thrown);
    if (code === WAITS_FOR_CONSENT) return { kind: 'asked' };
    if (!IS_IN_ALREADY.has(code)) throw byCause(thrown);
  }
  try {
    return memberIn(await asEitherWritesIt(mobile, lookUp));
  } catch (thrown) {
    throw byCause(thrown);
  }
}

/**
 * A mainland number stands without its country in an organisation of the mainland, and with it in every other (dingtalk 3.4); which of
 * them this one is, only its refusal tells.
 */
async function asEitherWritesIt<Answer>(mobile: string, ask: (mobile: string) => Promise<Answer>): Promise<Answer> {
  const bare = mobile.replace(/^\+86-/, '');
  try {
    return await ask(bare);
  } catch (thrown) {
    if (bare === mobile || !UNKNOWN_NUMBER.has(codeOf(thrown))) throw thrown;
    return await ask(mobile);
  }
}

/** `topapi/v2/user/get`. A number within the Chinese mainland stands there without its country (dingtalk 3.4). */
export async function contactOf(oapiBase: string, userId: string, token: string): Promise<Contact | undefined> {
  try {
    const answer = await askOldApi(oapiBase, CONTACT_PATHS.get, { userid: userId }, token);
    const { name, mobile, state_code: country, unionid: unionId } = withContact.parse(answer).result;
    const whole = mobile === undefined || mobile.startsWith('+') ? mobile : `+${country ?? '86'}-${mobile}`;
    return { name: name ?? '', mobile: whole, unionId };
  } catch (thrown) {
    if (NOBODY.has(codeOf(thrown))) return undefined;
    throw byCause(thrown);
  }
}

function memberIn(answer: Record<string, unknown>): Invited {
  const { data } = withUserId.safeParse(answer);
  if (data === undefined) throw new AppError('dingtalk.refused', { reason: 'noUserId' });
  return { kind: 'member', userId: data.result.userid };
}

function codeOf(thrown: unknown): string {
  const { code, details } = asAppError(thrown);
  return code === 'dingtalk.refused' ? String(details.code ?? '') : '';
}

/** A refusal by what can be done about it, where that is known. */
function byCause(thrown: unknown): unknown {
  const code = codeOf(thrown);
  const known = REFUSALS[code];
  return known === undefined ? thrown : new AppError(known, { code }, { cause: thrown });
}
