import { once } from 'node:events';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { lookAtCertificate } from '../../src/operator/doctor/certificate.ts';
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

it.skipIf(!HAS_OPENSSL)(
  'a certificate that will be over in two weeks is said before it is (needs openssl)',
  async () => {
    const made = certificateFor('20260101000000Z', '20990111000000Z');
    const server = createServer(made, (_, response) => response.end()).listen(0, '127.0.0.1');
    await once(server, 'listening');
    onTestFinished(() => void server.close());
    const { port } = server.address() as AddressInfo;
    const address = `https://127.0.0.1:${port}`;
    const on = (day: number) => lookAtCertificate(address, Date.UTC(2099, 0, day), made.cert.toString());
    const says = 'the certificate of 127.0.0.1 holds until 2099-01-11';
    expect(await on(-20)).toEqual([{ about: 'certificate', state: 'ok', says }]);
    expect(await on(2)).toEqual([
      { about: 'certificate', state: 'warning', says, remedy: expect.stringContaining('Renew') },
    ]);
    // of one that nobody trusts it is said that it is that
    expect(await lookAtCertificate(address, Date.UTC(2099, 0, 2))).toEqual([]);
    expect(await lookAtCertificate('http://127.0.0.1', 0)).toEqual([]);
  },
);

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
