import { Readable } from 'node:stream';
import { AppError } from '@field/kit/errors';
import { LONGEST_ANSWER_BYTES, upTo } from './read-up-to.ts';
import { tooLong } from './refusal.ts';

type SdkClient = InstanceType<typeof import('@alicloud/openapi-client')['default']>;

/**
 * Has a client of the SDK read every answer, of success or refusal, up to the longest that there is and for `patienceMs`; by itself it
 * collects whatever comes, for as long as it comes. What is longer fails as `dingtalk.failed`, what takes longer as
 * `dingtalk.unreachable`, and the connection is closed. Done where the SDK has its products read answers in their own way: the gateway
 * that each of them sets as `_spi`. Answers the same client.
 */
export function boundAnswers<Client extends SdkClient>(client: Client, patienceMs: number): Client {
  const gateway = client._spi;
  client._spi = {
    modifyConfiguration: (context, attributes) => gateway.modifyConfiguration(context, attributes),
    modifyRequest: (context, attributes) => gateway.modifyRequest(context, attributes),
    modifyResponse: async (context, attributes) => {
      const { body } = context.response;
      if (body === undefined) return await gateway.modifyResponse(context, attributes);
      const late = setTimeout(
        () => body.destroy(new AppError('dingtalk.unreachable', { reason: 'timeout' })),
        patienceMs,
      );
      context.response.body = Readable.from(upTo(body, LONGEST_ANSWER_BYTES, tooLong()));
      try {
        await gateway.modifyResponse(context, attributes);
      } finally {
        clearTimeout(late);
      }
    },
  };
  return client;
}
