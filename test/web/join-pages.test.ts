import sharp from 'sharp';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { translator } from '../../cards/text.ts';
import {
  type AssociationChange,
  addAssociations,
  findAssociation,
  moveAssociation,
} from '../../models/associations.ts';
import { forgetEverything } from '../../models/database.ts';
import { nextRecorded } from '../../models/inbox.ts';
import { inTransaction } from '../../models/transaction.ts';
import { toGrey } from '../../src/media/grey-image.ts';
import { readCodes } from '../../src/media/read-codes.ts';
import { pageIdIn } from '../../src/web/join/tickets.ts';
import { createVisitLimits } from '../../src/web/pages/visit-limits.ts';
import { useModels } from '../models/store.ts';
import { type Answer, ISO_EMAIL, JOIN_TOKEN, openJoinPages, setUpIso, ticketIn } from './join-pages.ts';

useModels(undefined);
const GENERAL = '/join/general?lang=en';
const NOK = { isoEmail: ISO_EMAIL, name: 'Nok Suda', phone: '081 234 4821' };

let pages: Awaited<ReturnType<typeof openJoinPages>>;
beforeAll(async () => {
  pages = await openJoinPages();
});
afterAll(() => pages.close());
beforeEach(async () => {
  await forgetEverything();
  await setUpIso();
});

const statusPath = ({ headers }: Answer): string => headers.get('location') ?? '';
const idIn = (path: string): string => pageIdIn(path.replace(/^\/join\/status\/|\?.*$/g, '')) ?? 'none';
const asked = async () => (await inTransaction((tx) => nextRecorded('join', tx)))?.update;

describe('the association page', () => {
  it('asks the three questions of the guide, without script, in the language of the browser or as chosen', async () => {
    const { get } = pages.visitor('10.1.0.1');
    const english = await get('/join/general');
    expect(english.page).toMatch(/<html lang="en">[\s\S]*ISO e-mail[\s\S]*Your name[\s\S]*Phone no\./);
    expect(english.page).not.toContain('<script');
    for (const [asks, lang] of [
      ['th-TH,th;q=0.9,en;q=0.8', 'th'],
      ['fr;q=0.9, zh-SG;q=0.8, en;q=0.1', 'zh-CN'],
      ['fr', 'en'],
    ] as const) {
      const { page } = await get('/join/general', { 'accept-language': asks });
      expect(page).toContain(`<html lang="${lang}">`);
      for (const key of ['join.title', 'join.kept', 'join.seenBy'] as const)
        expect(page).toContain(translator(lang)(key).replaceAll("'", '&#39;'));
    }
    expect((await get('/join/general?lang=th', { 'accept-language': 'zh' })).page).toContain('<html lang="th">');
    // an ISO's page is in its language for whoever reads none of ours
    for (const [asks, lang] of [
      ['fr', 'th'],
      ['en', 'en'],
    ] as const)
      expect((await get(`/join/${JOIN_TOKEN}`, { 'accept-language': asks })).page).toContain(`<html lang="${lang}">`);
    expect(english.page).toContain('<a href="?lang=th" hreflang="th" lang="th">ไทย</a>');
  });

  it('lets nothing in from elsewhere', async () => {
    const { headers } = await pages.visitor('10.1.0.2').get('/join/general');
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toMatch(
      /^default-src 'none'; style-src 'sha256-[^']+'; font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'$/,
    );
    expect(headers.get('set-cookie')).toMatch(/; Path=\/join; .*HttpOnly; SameSite=Lax$/);
    expect(headers.get('cache-control')).toBe('no-store');
  });

  it('brings letters for machines that have none of them, of the page and no others', async () => {
    const { get } = pages.visitor('10.1.0.10');
    const { page } = await get('/join/general?lang=th');
    const [thai = ''] = page.match(/(?<=url\(")[^"]*noto-sans-thai-thai-wght-normal\.woff2/) ?? [];
    expect(page).toMatch(/font-family:"Page Thai"[^}]*local\("Thonburi"\)[^}]*unicode-range:U\+e00-e7f/);
    const font = await fetch(new URL(thai, `${pages.base}/join/general`));
    expect([font.status, font.headers.get('content-type'), (await font.arrayBuffer()).byteLength > 5_000]).toEqual([
      200,
      'font/woff2',
      true,
    ]);
    // the names of the other languages are links on every page
    expect(page.match(/font-family:"Page SC"/g)?.length).toBeLessThan(10);
    for (const guess of [
      'noto-sans-thai-thai-400-normal.woff2',
      'noto-sans-sc-4-wght-normal.woff',
      '..%2Fpackage.json',
    ])
      expect((await get(`/fonts/${guess}`)).status).toBe(404);
  });

  it('records the request and shows its status', async () => {
    const visitor = pages.visitor('10.1.0.3');
    const sent = await visitor.sends(GENERAL, NOK);
    expect([sent.status, statusPath(sent)]).toEqual([
      303,
      expect.stringMatching(/^\/join\/status\/[\w.-]{40,}\?lang=en&to=/),
    ]);
    expect(await asked()).toMatchObject({ type: 'join.asked', facts: { ...NOK, language: 'en' } });
    expect((await visitor.get(statusPath(sent))).page).toContain('Your ISO has to approve it.');
    expect((await visitor.get(statusPath(sent))).page).toContain(`Sent to ${NOK.isoEmail}. <strong>Check it.</strong>`);
    for (const forged of ['nobody%40iso.example', 'x'.repeat(500), ''])
      expect((await visitor.get(statusPath(sent).replace(/to=.*/, `to=${forged}`))).page).not.toContain('Sent to');
    expect(pages.recorded).toContain('join');
  });

  it('brings back the e-mail that was typed, to be put right, and keeps it in every language', async () => {
    const visitor = pages.visitor('10.1.0.3');
    const { page } = await visitor.get(
      statusPath(await visitor.sends(GENERAL, { ...NOK, isoEmail: 'lotsu@iso.example' })),
    );
    const linkWith = (text: string): string =>
      (new RegExp(`href="([^"]+)"[^>]*>${text}`).exec(page)?.[1] ?? '').replaceAll('&amp;', '&');
    const again = await visitor.get(linkWith('Something typed wrong'));
    expect(again.page).toContain('name="isoEmail" value="lotsu@iso.example"');
    const path = new URL(linkWith('ไทย'), `http://page${statusPath(await visitor.sends(GENERAL, NOK))}`);
    expect((await visitor.get(path.pathname + path.search)).page).toContain('ส่งไปที่ lotsu@iso.example');
    expect((await visitor.get('/join/general?lang=en&to=lotsu%40iso.example')).page).toContain(
      'name="isoEmail" value=""',
    );
  });

  it.each([
    ['081 234 4821', undefined],
    ['+65 8123 4567', undefined],
    ['123', 'Phone no.: check it. From another country? Begin with +.'],
    ['8123 4567', 'Phone no.: check it. From another country? Begin with +.'],
  ])('takes a number of its country as it is, one of another with a +, and says so: %s', async (phone, said) => {
    const { status, page } = await pages.visitor('10.1.0.9').sends(`/join/${JOIN_TOKEN}?lang=en`, { ...NOK, phone });
    expect(status).toBe(said === undefined ? 303 : 422);
    if (said !== undefined) expect(page).toContain(said);
  });

  it('gives back a form with mistakes as it was typed, and everything typed is harmless', async () => {
    const evil = { isoEmail: 'no', name: '"><script>alert(1)</script>', phone: "1' onfocus=alert(2)" };
    const { status, page } = await pages.visitor('10.1.0.4').sends(GENERAL, evil);
    expect(status).toBe(422);
    expect(page).toContain('value="&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;"');
    expect(page).toContain('value="1&#39; onfocus=alert(2)"');
    expect(page).toContain('href="#isoEmail">ISO e-mail: write an e-mail, such as iso@mail.com.');
    expect(page).toMatch(/id="phone"[^>]* aria-describedby="phone-hint phone-problem" aria-invalid="true"/);
    expect(page).not.toContain('<script');
    expect(await asked()).toBeUndefined();
  });

  it.each([
    ['nothing', {}, /ISO e-mail:[\s\S]*Your name: this is missing\.[\s\S]*Phone no\.:/],
    ['a name without end', { ...NOK, name: 'N'.repeat(61) }, /Your name: keep it to 60 characters\./],
  ])('says what is wrong with %s', async (_, values, words) => {
    expect((await pages.visitor('10.1.0.5').sends(GENERAL, values)).page).toMatch(words);
  });

  it('says the same, does the same and shows the same for an ISO that does not exist', async () => {
    const visitor = pages.visitor('10.1.0.6');
    const [known, unknown] = [
      await visitor.sends(GENERAL, NOK),
      await visitor.sends(GENERAL, { ...NOK, isoEmail: 'nobody@iso.example' }),
    ];
    const bare = ({ status, page, headers }: Answer) => [
      status,
      page.replace(/status\/[^"]+/g, ''),
      headers.get('vary'),
    ];
    expect(bare(unknown)).toEqual(bare(known));
    const looks = await Promise.all([known, unknown].map((sent) => visitor.get(statusPath(sent))));
    const neutral = (page = ''): string => page.replace(/to=[^"&]+/g, '').replace(/[\w.]+@[\w.]+/g, '');
    expect(neutral(looks[1]?.page)).toBe(neutral(looks[0]?.page));
  });

  it('asks once, however often the same form is sent, and again when it was corrected', async () => {
    const visitor = pages.visitor('10.1.0.7');
    const ticket = ticketIn((await visitor.get(GENERAL)).page);
    const sent = await Promise.all(
      Array.from({ length: 10 }, () => visitor.sends(GENERAL, NOK, { keepTicket: ticket })),
    );
    const pageOf = (answer: Answer): string => statusPath(answer).replace(/&to=.*/, '');
    expect(new Set(sent.map(pageOf)).size).toBe(1);
    const corrected = await visitor.sends(GENERAL, { ...NOK, phone: '081 234 4822' }, { keepTicket: ticket });
    expect(pageOf(corrected)).not.toBe(pageOf(sent[0] ?? corrected));
  });

  it.each([
    [
      'from another site, without our cookie',
      async (ticket: string) => pages.visitor('10.1.0.8').sends(GENERAL, NOK, { keepTicket: ticket }),
    ],
    [
      'with a ticket made up',
      async () => pages.visitor('10.1.0.8').sends(GENERAL, NOK, { keepTicket: 'lz0-AAAAAAAAAAAAAAAAAAAAAA' }),
    ],
  ])('takes no form %s, and gives back what was typed', async (_, send) => {
    const own = pages.visitor('10.1.0.9');
    const answer = await send(ticketIn((await own.get(GENERAL)).page));
    expect(answer.status).toBe(403);
    expect(answer.page).toContain('value="Nok Suda"');
    expect(answer.page).toContain('send it once more');
    expect(await asked()).toBeUndefined();
  });

  it('takes no form that lay open for days', async () => {
    const visitor = pages.visitor('10.1.0.10');
    const ticket = ticketIn((await visitor.get(GENERAL)).page);
    pages.clock.moveTo(pages.clock.now() + 25 * 3_600_000);
    const late = await visitor.sends(GENERAL, NOK, { keepTicket: ticket });
    expect(late.status).toBe(403);
    expect((await visitor.sends(GENERAL, NOK, { keepTicket: ticketIn(late.page) })).status).toBe(303);
  });

  it('refuses what is too large, and what is no form', async () => {
    const url = `${pages.base}${GENERAL}`;
    const huge = await fetch(url, { method: 'POST', body: new URLSearchParams({ name: 'N'.repeat(9_000) }) });
    expect(huge.status).toBe(413);
    const odd = await fetch(url, {
      method: 'POST',
      body: '{"name":1}',
      headers: { 'content-type': 'application/json' },
    });
    expect(odd.status).toBe(415);
    expect(await asked()).toBeUndefined();
  });

  it('opened by the code of an ISO names it, and shows its e-mail to nobody', async () => {
    const visitor = pages.visitor('10.1.0.11');
    const path = `/join/${JOIN_TOKEN}?lang=en`;
    const { page } = await visitor.get(path);
    expect(page).toContain('You ask to work for Lotus &lt;Partners&gt;.');
    expect(page).toContain('value="l•••@iso.example" required type="text" readonly');
    expect(page).not.toContain(ISO_EMAIL);
    await visitor.sends(path, { isoEmail: 'whatever', name: 'Nok', phone: '0812344821' });
    expect(await asked()).toMatchObject({ facts: { isoId: 'lotus', phone: '0812344821' } });
    expect((await visitor.get('/join/guessed?lang=en')).page).toContain(
      'name="isoEmail" value="" required type="email"',
    );
  });
});

describe('the status page', () => {
  async function requestOnPage(visitor = pages.visitor('10.2.0.1')) {
    const path = statusPath(await visitor.sends(GENERAL, NOK));
    const requestId = idIn(path);
    const about = {
      isoId: 'lotus',
      name: NOK.name,
      phone: '+66812344821',
      channel: 'QR' as const,
      at: pages.clock.now(),
    };
    await inTransaction((tx) => addAssociations([{ requestId, ...about }], tx));
    const become = async (change: AssociationChange) => {
      const found = await findAssociation(requestId);
      if (found === undefined) throw new Error('no request');
      await inTransaction((tx) => moveAssociation(found, change, tx));
      return (await visitor.get(path)).page;
    };
    return { visitor, path, become };
  }

  it('follows the request to its end', async () => {
    const { become } = await requestOnPage();
    expect(await become({ state: 'APPROVED' })).toMatch(
      /✓ Approved[\s\S]*Open DingTalk[\s\S]*Tap Org invitation[\s\S]*Join Alipay Partners/,
    );
    expect(await become({ problem: 'badNumber' })).toContain('The invitation is not out yet.');
    expect(await become({ state: 'INVITED', problem: null })).toContain('Tap Org invitation');
    expect(await become({ state: 'ACTIVE', userId: 'nok' })).toContain('✓ Joined');
  });

  it('tells why it was not approved, word for word and harmless', async () => {
    const { become } = await requestOnPage();
    const page = await become({ state: 'REJECTED', reason: 'Ask <b>Ploy</b> & Som' });
    expect(page).toContain('Ask &lt;b&gt;Ploy&lt;/b&gt; &amp; Som');
    expect(page).toContain('Send again');
  });

  it('ends like any other that nobody decides where there is no such ISO', async () => {
    const visitor = pages.visitor('10.2.0.2');
    const path = statusPath(await visitor.sends(GENERAL, { ...NOK, isoEmail: 'nobody@iso.example' }));
    pages.clock.moveTo(pages.clock.now() + 31 * 24 * 3_600_000);
    expect((await visitor.get(path)).page).toContain('This request has ended');
  });

  it('is one neutral page for every address that we did not make', async () => {
    const { path, visitor } = await requestOnPage(pages.visitor('10.2.0.3'));
    const token = path.replace(/^\/join\/status\/|\?.*$/g, '');
    const guesses = [
      'x',
      '%00',
      'a.b',
      `${token}x`,
      token.slice(0, -1),
      token.replace('.', ''),
      `.${token}`,
      ...Array.from({ length: 20 }, (_, index) => `${token.slice(0, -2)}${index}${index % 7}`),
      `${pages.clock.now().toString(36)}-${'A'.repeat(22)}.${'A'.repeat(22)}`,
    ].filter((guess) => guess !== token);
    const answers = await Promise.all(guesses.map((guess) => visitor.get(`/join/status/${guess}?lang=en`)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([404]));
    expect(new Set(answers.map(({ page }) => page)).size).toBe(1);
    expect(answers[0]?.page).toContain('There is nothing here');
  });
});

describe('in a crowd', () => {
  it.each(['crowded@iso.example', 'nobodys@iso.example'])(
    'the page says that it is in line, and until when it is told: %s',
    async (isoEmail) => {
      await setUpIso({ isoId: 'crowded', email: 'crowded@iso.example', joinToken: 'crowded' });
      for (let n = 0; n < 60; n += 1) await createVisitLimits(() => pages.clock.machine()).isCrowded(isoEmail);
      const visitor = pages.visitor('10.5.0.1');
      const path = statusPath(await visitor.sends(GENERAL, { ...NOK, isoEmail }));
      const { page } = await visitor.get(path);
      expect(page).toContain('Yours is kept. Your ISO is told of it within the hour.');
      expect(page).toContain('No answer by tomorrow? Ask your ISO&#39;s admin.');
      expect(page).toContain('href="?lang=en&amp;line=1&amp;to=');
      expect((await visitor.get(path.replace('&line=1', ''))).page).not.toContain('within the hour');
    },
  );
});

describe('the limits of the page', () => {
  it('are said to who has opened it too often, and the others go on', async () => {
    const elsewhere = createVisitLimits(() => pages.clock.machine());
    await Promise.all(Array.from({ length: 300 }, () => elsewhere.visit('look', '10.3.0.1')));
    const { status, page, headers } = await pages.visitor('10.3.0.1').get(GENERAL);
    expect(status).toBe(429);
    expect(page).toContain('Nothing is lost. Try again in');
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await pages.visitor('10.3.0.2').get(GENERAL)).status).toBe(200);
  });

  it('count forms apart, by the address that the own proxy saw, a household’s network as one', async () => {
    const send = (from: string) => pages.visitor(from).sends(GENERAL, NOK, { keepTicket: 'none' });
    const made = (index: number) => `203.0.113.${index}, 2001:db8:1:2:${index}::1`;
    const answers = await Promise.all(Array.from({ length: 40 }, (_, index) => send(made(index))));
    expect(answers.filter(({ status }) => status === 403)).toHaveLength(30);
    expect((await send('2001:db8:1:3::1')).status).toBe(403);
  });
});

describe('the poster', () => {
  it('has the code of the ISO’s page on it, to scan and to print, in the ISO’s language', async () => {
    const { page, headers } = await pages.visitor('10.4.0.1').get(`/poster/${JOIN_TOKEN}`, { 'accept-language': 'en' });
    expect(headers.get('content-type')).toContain('text/html');
    expect(page).toContain('<html lang="th">');
    expect(page).toContain('Lotus &lt;Partners&gt;');
    expect(page).toContain('@media print');
    const svg =
      /<svg [\s\S]*<\/svg>/
        .exec(page)?.[0]
        .replace('<svg ', '<svg xmlns="http://www.w3.org/2000/svg" width="600" height="600" ') ?? '';
    const grey = await toGrey(sharp(Buffer.from(svg)).flatten({ background: '#fff' }));
    expect(await readCodes({ grey })).toEqual([`http://127.0.0.1:1/join/${JOIN_TOKEN}`]);
  });

  it('of a guessed address is not there', async () => {
    const { status, page } = await pages.visitor('10.4.0.2').get('/poster/guessed?lang=en');
    expect([status, page.includes('There is nothing here')]).toEqual([404, true]);
  });

  it('has its code as a picture for cards', async () => {
    const answer = await fetch(`${pages.base}/join/${JOIN_TOKEN}/code.jpg`);
    expect(answer.headers.get('content-type')).toBe('image/jpeg');
    const grey = await toGrey(sharp(Buffer.from(await answer.arrayBuffer())));
    expect(await readCodes({ grey })).toEqual([`http://127.0.0.1:1/join/${JOIN_TOKEN}`]);
    expect((await fetch(`${pages.base}/join/guessed/code.jpg`)).status).toBe(404);
  });
});
