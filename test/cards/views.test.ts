import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { withLine } from '../../cards/line.ts';
import { translator } from '../../cards/text.ts';
import { isViewName, render } from '../../cards/views.ts';
import { LANGUAGES } from '../../src/domain/languages.ts';
import { drawnIn } from './drawn.ts';
import { EXAMPLES } from './examples.ts';
import { pages } from './pages.ts';

const t = translator('en');

const drawn = pages();

describe('the cards', () => {
  it.each(LANGUAGES)('look as agreed: %s', async (language) => {
    for (const [file, page] of drawn)
      if (file.startsWith(`${language}/`)) await expect.soft(page).toMatchFileSnapshot(`snapshots/${file}`);
  });

  it('leave no page behind of a card that is gone', () => {
    const folder = new URL('snapshots', import.meta.url);
    const kept = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.txt'));
    expect(kept.filter((file) => !drawn.has(file))).toEqual([]);
  });
});

describe('a card', () => {
  it('of a form with a mistake says it first, with the label of the field', () => {
    const { body, form } = render('association.join', EXAMPLES['association.join'].mistaken ?? { values: {} }, t);
    expect(body?.[0]).toBe('! **ISO e-mail**: write an e-mail, such as iso@mail.com.');
    expect(form?.fields.map(({ value }) => value)).toEqual(['demo', 'Nok', '12']);
  });

  it('of a form with mistakes says each at its field, and where to look beside the button', () => {
    const problems = [
      { field: 'isoEmail', code: 'notAnEmail' },
      { field: 'phone', code: 'notAPhone' },
    ] as const;
    const { form } = render('association.join', { values: {}, problems }, t);
    expect(form?.fields.map(({ label }) => label)).toEqual([
      'ISO e-mail · ! write an e-mail, such as iso@mail.com.',
      'Your name',
      'Phone no. · ! check it. From another country? Begin with +.',
    ]);
    expect(form?.mistake).toBe('! Look at: ISO e-mail, Phone no.');
  });

  it('shows what an admin wrote word for word, and nothing live in it', () => {
    const { body } = render('association.rejected', { reason: '<a atId=x>[smile] see me' }, t);
    expect(body?.[0]).toBe('＜a atId=x＞［smile］ see me');
  });

  it('says of an appeal that is begun that it is to be sent, not that it is looked at', () => {
    const tagOf = (face: string) => drawnIn('en').find((one) => one.name === 'review.item' && one.face === face)?.view;
    expect(tagOf('writingAppeal')).toMatchObject({
      title: expect.stringMatching(/^! /),
      tag: { text: '! Not sent', tone: 'warning' },
    });
    expect(tagOf('appealing')).toMatchObject({ title: expect.stringMatching(/^… /), tag: { tone: 'info' } });
  });

  it('says that a picture of another shop is an example', () => {
    const withExample = drawnIn('en').filter(
      ({ name, view }) =>
        // tips are nothing but examples
        name !== 'help.photos' &&
        view.images?.some(
          (image) => image.kind === 'example' || (image.kind === 'sheet' && image.example !== undefined),
        ),
    );
    expect(withExample.map(({ name }) => name)).toEqual(expect.arrayContaining(['promotion.photo', 'review.item']));
    const unsaid = withExample.filter(({ view }) => !/example/i.test((view.body ?? []).join(' ')));
    expect(unsaid.map(({ label }) => label)).toEqual([]);
  });

  it('asks for an amount in a field that takes it as people write it, in its money, with what is wrong behind it', () => {
    const drawn = drawnIn('en').filter(
      ({ name, view }) => name === 'inspection.payment' && view.form?.mistake !== undefined,
    );
    const amounts = drawn.flatMap(({ view }) => view.form?.fields.filter(({ name }) => name === 'amount') ?? []);
    const asked = amounts.map(({ type, label, placeholder }) => [type, label, placeholder]);
    expect(asked).toEqual([['TEXT', 'Amount (THB) · ! this is missing.', 'such as 35.50']]);
  });

  it('takes one line on top for one drawing', () => {
    const view = render('help', {}, t);
    expect(withLine(view, { key: 'line.keptPlace' }, t).body).toEqual([
      'I kept your place. Tap or send what is below.',
      ...(view.body ?? []),
    ]);
  });

  it('of a submission that lacks something offers no Submit', () => {
    const job = { product: 'MARKETING_CODE', step: 4, of: 4, shop: 'Baan Coffee' } as const;
    const missing = { place: 'p', part: { kind: 'step', step: 'merchant' }, state: 'missing', reason: 'form' } as const;
    const view = render('promotion.summary', { job, parts: [missing], canSubmit: false, timeZone: 'UTC' }, t);
    const actions = view.actions.map(({ action }) => action);
    expect(actions).toEqual(['promotion.open', 'promotion.change', 'photos.list', 'menu.open']);
    expect(view.actions[0]).toMatchObject({ style: 'primary', params: { place: 'p' } });
  });

  it('never shows more of a phone number than its ends', () => {
    const pending = EXAMPLES['association.request'].pending;
    if (pending === undefined) throw new Error('no example');
    expect(render('association.request', pending, t).body?.[1]).toBe('+66 ••• 4821 · 17:42');
  });

  it('is drawn by the file that has its name', () => {
    const source = readFileSync('cards/views.ts', 'utf8');
    const drawing = new Set(source.match(/(?<=from '\.\/)[\w/-]+(?=\.ts')/g));
    const isDrawn = (face: string) => {
      const own = face.replaceAll('.', '/').replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
      const [whole = ''] = face.split('.');
      return drawing.has(own) || (drawing.has(whole) && ![...drawing].some((file) => file.startsWith(`${whole}/`)));
    };
    expect(Object.keys(EXAMPLES).filter((face) => !isDrawn(face))).toEqual([]);
  });

  it('is known by its name', () => {
    expect([isViewName('menu'), isViewName('toString'), isViewName('promotion.nothing')]).toEqual([true, false, false]);
  });
});
