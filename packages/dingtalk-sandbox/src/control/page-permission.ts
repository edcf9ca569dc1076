import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { JsapiAnswer } from '../protocol/web-view.ts';
import { AGENT_ID } from '../store/apps.ts';
import { CORP_ID } from '../world/seed.ts';
import type { World } from '../world/world.ts';

/** What is asked for by `dd.config`, and by which number each is refused that is not as it should be (dingtalk 3.5). */
const ASKED = [
  ['corpId', z.literal(CORP_ID), '52010'],
  ['nonceStr', z.string().min(1), '52015'],
  ['signature', z.string().regex(/^[\da-f]{64}$/), '52016'],
  ['jsApiList', z.array(z.string().min(1)).min(1), '52017'],
  ['timeStamp', z.union([z.string().regex(/^\d{10,13}$/), z.number().int().positive()]), '52018'],
  ['agentId', z.literal(AGENT_ID), '52019'],
] as const;

/** Whether a page may make the calls that it lists: the app has signed it, with its address to the letter. */
export function allowsPage(
  world: World,
  page: string,
  params: Readonly<Record<string, unknown>>,
): JsapiAnswer['answer'] {
  for (const [name, schema, errorCode] of ASKED)
    if (!schema.safeParse(params[name]).success) return { errorCode, errorMessage: `${name} is not as it should be` };
  const { ticket } = world.apps.pageTicket(world.seed.app.clientId);
  const { nonceStr, timeStamp, signature } = params;
  const plain = `jsapi_ticket=${ticket}&noncestr=${nonceStr}&timestamp=${timeStamp}&url=${page}`;
  if (createHash('sha256').update(plain).digest('hex') !== signature)
    return { errorCode: '52013', errorMessage: `the signature is not that of ${page}` };
  return { errorCode: '0', result: {} };
}
