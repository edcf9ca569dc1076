import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { createSignedPage } from '../../src/web/capture/signed-page.ts';

const HOUR_MS = 3_600_000;

/** A page at `https://field.example`, whose bot asks for tickets that live two hours. */
function aPage({ agentId }: { agentId: string | undefined } = { agentId: '42' }) {
  const told = { now: 1_800_000_000_000, tickets: 0 };
  const signed = createSignedPage({
    address: 'https://field.example',
    agentId,
    platform: {
      async pageTicket() {
        told.tickets += 1;
        return { ticket: `t${told.tickets}`, lifeMs: 2 * HOUR_MS };
      },
    },
    machine: () => told.now,
    newNonce: () => 'n',
  });
  return { told, signed };
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

it('is signed as DingTalk documents it: ticket, nonce, time and its own address', async () => {
  const plain =
    'jsapi_ticket=t1&noncestr=n&timestamp=1800000000000&url=https://field.example/go/scan?corpId=ding-corp&lang=th';
  expect(await aPage().signed('?corpId=ding-corp&lang=th')).toEqual({
    agentId: '42',
    corpId: 'ding-corp',
    timeStamp: '1800000000000',
    nonceStr: 'n',
    signature: sha256(plain),
  });
});

it('asks DingTalk once for as long as a ticket lives, and not to its very end', async () => {
  const { told, signed } = aPage();
  for (const later of [0, HOUR_MS, 1.9 * HOUR_MS]) {
    told.now = 1_800_000_000_000 + later;
    await signed('?corpId=c');
  }
  expect(told.tickets).toBe(1);
  told.now = 1_800_000_000_000 + 1.95 * HOUR_MS;
  await signed('?corpId=c');
  expect(told.tickets).toBe(2);
});

it.each(['', '?lang=th', '?corpId=c#x', '?corpId=c&url=https://elsewhere.example', '/../join?corpId=c', 'undefined'])(
  'signs nothing else: %j',
  async (search) => {
    const { told, signed } = aPage();
    expect(await signed(search)).toBeUndefined();
    expect(told.tickets).toBe(0);
  },
);

it('signs nothing where nobody said what DingTalk calls the app', async () => {
  const { told, signed } = aPage({ agentId: undefined });
  expect([await signed('?corpId=c'), told.tickets]).toEqual([undefined, 0]);
});
