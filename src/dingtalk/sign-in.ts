import { AppError, asAppError } from '@field/kit/errors';
import { z } from 'zod';
import { askOldApi } from './oapi.ts';

export const SIGN_IN_PATH = '/topapi/v2/user/getuserinfo';

/** The code is used up, too old, made up, or of another organisation's app: said in as many ways. */
const NO_SUCH_CODE = new Set(['40078', '40079', '40029', '40102', '42003', '42008']);

const WITH_USER = z.object({ result: z.object({ userid: z.string().min(1) }) });

/** `topapi/v2/user/getuserinfo` (dingtalk 3.5): whose code it is that a page got inside DingTalk; undefined for one that is nobody's. */
export async function userByCode(oapiBase: string, code: string, token: string): Promise<string | undefined> {
  try {
    const { data } = WITH_USER.safeParse(await askOldApi(oapiBase, SIGN_IN_PATH, { code }, token));
    if (data === undefined) throw new AppError('dingtalk.refused', { reason: 'noUserId' });
    return data.result.userid;
  } catch (thrown) {
    const { code: kind, details } = asAppError(thrown);
    if (kind === 'dingtalk.refused' && NO_SUCH_CODE.has(String(details.code))) return undefined;
    throw thrown;
  }
}
