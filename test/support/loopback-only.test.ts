import { execFileSync } from 'node:child_process';
import { connect } from 'node:net';
import { expect, it } from 'vitest';

it('a test that tries to reach another machine fails at once', async () => {
  expect(() => connect(443, 'example.com')).toThrow('nothing but this machine');
  expect(() => connect({ host: '192.0.2.1', port: 80 })).toThrow('nothing but this machine');
  await expect(fetch('http://192.0.2.1/')).rejects.toMatchObject({
    cause: { message: expect.stringContaining('nothing but this machine') },
  });
});

it('so does a process that a test starts', () => {
  const script = `require('node:net').connect(443, 'example.com')`;
  expect(() => execFileSync(process.execPath, ['-e', script], { stdio: 'pipe' })).toThrow('nothing but this machine');
});
