import { once } from 'node:events';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { lookAtWeb } from '../../src/operator/doctor/web.ts';
import { certificateFor, HAS_OPENSSL } from '../support/short-lived-certificate.ts';
import { freePort } from '../support/world/free-port.ts';

const found = async (publicUrl: string) =>
  (await lookAtWeb({ demo: true, port: 1, web: {}, publicUrl })).find(({ about }) => about === 'publicUrl');

describe.skipIf(!HAS_OPENSSL)('the certificate of PUBLIC_URL (needs openssl)', () => {
  it.each([
    ['is over', '20200101000000Z', '20200201000000Z', /a certificate that is over \(CERT_HAS_EXPIRED\)/, /Renew/],
    ['nobody signed', '20200101000000Z', '20990101000000Z', /nobody signed but itself/, /authority that phones trust/],
    ['is not valid yet', '20980101000000Z', '20990101000000Z', /not valid yet/, /clock/],
  ])('%s', async (_what, from, until, says, remedy) => {
    const server = createServer(certificateFor(from, until), (_, response) => response.end()).listen(0, '127.0.0.1');
    await once(server, 'listening');
    onTestFinished(() => void server.close());
    const { port } = server.address() as AddressInfo;
    expect(await found(`https://127.0.0.1:${port}`)).toMatchObject({
      state: 'wrong',
      says: expect.stringMatching(says),
      remedy: expect.stringMatching(remedy),
    });
  });
});

it('nobody listens there', async () => {
  expect(await found(`http://127.0.0.1:${await freePort()}`)).toMatchObject({
    state: 'wrong',
    says: expect.stringMatching(/nobody who listens there \(ECONNREFUSED\)/),
    remedy: expect.stringContaining('See whether the bot'),
  });
});

it('its name is not in the DNS', async () => {
  const settings = { demo: false, port: 1, web: {}, publicUrl: 'https://field.invalid' };
  const all = await lookAtWeb(settings);
  expect(all.find(({ about }) => about === 'publicUrl')).toMatchObject({
    state: 'wrong',
    says: expect.stringContaining('no address in the DNS'),
  });
});
