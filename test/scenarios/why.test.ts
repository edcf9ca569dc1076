import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { promote } from '../support/conversations/promotion.ts';
import { story } from '../support/story.ts';
import { operatorCommand } from '../support/world/operator-command.ts';
import { sharedWorld } from '../support/world/shared-world.ts';

const { world, nok } = sharedWorld({ joined: ['staff1'] });
const it = story('An operator asks why');

const why = (asked: string, ...more: readonly string[]) => operatorCommand(world.dataDir, 'why', asked, ...more);

it('of a promotion: who did what, with which photos, which cards went out, and the row of the file that decided', async () => {
  await promote(nok, { spots: 1, together: true });
  const [number = ''] = /P-[2-9A-Z]{4}/.exec(JSON.stringify(await nok.card('Submitted'))) ?? [];
  await world.nextDay();
  const { code, out, problem } = await why(number);
  expect([code, problem]).toEqual([0, '']);
  const lines = out.split('\n');
  expect(lines[0]).toBe(`Promotion ${number} of Baan Coffee`);
  const told = [
    /Nok Suda \(staff1\) began the promotion/,
    /Photo storefront of the shop was sent/,
    /Nok Suda \(staff1\) submitted the promotion \(promotion \S+; spots 1/,
    /Nok Suda \(staff1\) put up code …\w{4}, as photo \S+ shows/,
    /Card promotion\.submitted went to Nok Suda \(staff1\)/,
    /Card review\.day went to Nok Suda \(staff1\)/,
    /The bot took the verdict of the reviewers from a daily file \(item \S+; state APPROVED; .*row \d+ of review_\d{8}\w*\.csv, which was put into the folder\)/,
  ];
  for (const line of told) expect(out).toMatch(line);
  const times = lines.slice(1).map((line) => line.trim().slice(0, 19));
  expect(times).toEqual(times.toSorted());
  const { what, happened } = JSON.parse((await why(number, '--json')).out);
  expect([what, happened.length]).toEqual([`promotion ${number} of Baan Coffee`, lines.length - 1]);
});

it('of a person, of a file, and of what nobody knows', async () => {
  expect((await why('staff1')).out).toMatch(/^Nok Suda \(staff1\)\n[\s\S]*agreed to the policy/);
  const file =
    readdirSync(join(world.dataDir, 'incoming', 'done')).find((name) => /^review_\d{8}_\d+\.csv$/.test(name)) ?? '';
  expect((await why(file)).out).toMatch(
    /It was put into the folder \(\d+ rows?, content \w{12}\) and is APPLIED: 3 \w+/,
  );
  expect((await why('staff1', '--language', 'vi')).out).toMatch(/^Nok Suda \(staff1\)\n[\s\S]*Đồng ý với quy định/);
  expect((await why(file, '--language', 'vi')).out).toMatch(
    / · từ thư mục\n[\s\S]*Số dòng · 3 dòng mới[\s\S]*Baan Coffee · .* · ✓ Đạt · dòng \d · Nok Suda/,
  );
  expect(await why('staff1', '--language', 'xx')).toMatchObject({ problem: expect.stringContaining('is none of en') });
  expect(await why('P-ZZZZ')).toMatchObject({
    code: 1,
    problem: expect.stringContaining('Nothing is known of P-ZZZZ'),
  });
});
