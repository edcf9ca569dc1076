import dns from 'node:dns';
import { afterAll, expect, it } from 'vitest';
import { connect } from '../../models/database.ts';

const usual = dns.getServers();
afterAll(() => dns.setServers(usual));

it('a DNS that does not answer may come back: it is no wrong setting', async () => {
  dns.setServers(['127.0.0.1:1']);
  await expect(connect('mongodb+srv://field:secret@store.example.com/field')).rejects.toMatchObject({
    code: 'store.unreachable',
    details: {
      say: expect.stringMatching(
        /^The database at mongodb\+srv:\/\/store\.example\.com\/field \(MONGODB_URI\) does not answer: /,
      ),
    },
  });
});

it.each([
  'field',
  'mongodb://',
  'mongodb+srv://store.example.com:27017/field',
  'mongodb://127.0.0.1:1/field?tls=maybe',
])('an address that is none is a wrong setting: %s', async (uri) => {
  await expect(connect(uri)).rejects.toMatchObject({ code: 'config.invalid' });
});
