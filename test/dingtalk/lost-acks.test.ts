import { expect, it } from 'vitest';
import { CARD_TOPIC, callbackFrame, cardCallback } from '../support/frames.ts';
import { RawGateway } from '../support/raw-gateway.ts';
import { connectedPeer, startPeer } from './stream-peer.ts';

/** What is said of a tap's answer, in order. */
function told() {
  const said: string[] = [];
  const answer = {
    params: { title: 'ok' },
    left: (sent: boolean) => void said.push(sent ? 'left' : 'did not leave'),
    lost: () => void said.push('lost'),
  };
  return { said, tap: async () => answer };
}

const RARELY = { pingMs: 60_000 };

async function answersTap(gateway: RawGateway): Promise<void> {
  gateway.push(callbackFrame(CARD_TOPIC, cardCallback({ action: 'a' }), 't1'));
  await gateway.ackOf('t1');
}

it('an answer that left on a connection that broke off before anything proved that it arrived is lost', async () => {
  const { said, tap } = told();
  const { gateway } = await connectedPeer({ tap }, { timing: RARELY });
  await answersTap(gateway);
  await expect.poll(() => said).toEqual(['left']);
  gateway.socket.terminate();
  await expect.poll(() => said).toEqual(['left', 'lost']);
});

it('an answer on a connection that fell silent is lost', async () => {
  const gateway = await new RawGateway().listen();
  gateway.deaf = true;
  const { said, tap } = told();
  const { stream } = startPeer(gateway, { tap }, { timing: { pingMs: 50, missedPings: 3 } });
  await stream.ready(5_000);
  await answersTap(gateway);
  await expect.poll(() => said).toEqual(['left', 'lost']);
});

it('a pong to a later ping proves that it arrived', async () => {
  const { said, tap } = told();
  const { gateway } = await connectedPeer({ tap }, { timing: { pingMs: 20, missedPings: 50 } });
  await answersTap(gateway);
  const { pings } = gateway;
  await gateway.until(() => gateway.pings > pings + 2);
  gateway.socket.terminate();
  await gateway.until(() => gateway.sockets.length === 2);
  expect(said).toEqual(['left']);
});

it('a goodbye that is answered proves it too', async () => {
  const { said, tap } = told();
  const { gateway, stream } = await connectedPeer({ tap }, { timing: RARELY });
  await answersTap(gateway);
  await stream.close();
  expect(said).toEqual(['left']);
});
