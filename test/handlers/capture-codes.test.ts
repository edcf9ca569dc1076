import { beforeEach, expect, it } from 'vitest';
import { activeBinding } from '../../models/bindings.ts';
import { openDraftsOf } from '../../models/drafts.ts';
import { addIso } from '../../models/isos.ts';
import { findPerson } from '../../models/people.ts';
import { inTransaction } from '../../models/transaction.ts';
import { readTyped } from '../../src/domain/code.ts';
import { codeOf, promote } from '../support/conversations/promotion.ts';
import { onThePage } from '../support/in-process/on-the-page.ts';
import { useWorld } from '../support/in-process/use-world.ts';
import { MARKETING_CODE_FLOW } from '../support/shipped-programme.ts';
import { stocked } from '../support/stocked.ts';
import type { Person } from '../support/world/person.ts';
import { reach } from '../support/world/reach.ts';
import { wordsOf } from '../support/world/words-of.ts';

const world = useWorld();
const page = onThePage(world);
const RIVALS = codeOf('CC', 0);
let nok: Person;

/** Another ISO of the organisation. */
beforeEach(async () => {
  nok = await world().hires('nok');
  const place = { country: 'TH', timeZone: 'Asia/Bangkok', language: 'en' };
  const iso = { isoId: 'rival', email: 'rival@iso.example', name: 'Rival', joinToken: 'token-of-rival', ...place };
  await inTransaction((tx) => addIso(iso, tx));
});

/** Nok scans it at the first spot of a shop, or types it in the chat; how it stands there then. */
async function given(code: string, how: 'scanned' | 'typed', shop: string) {
  await reach(nok, 'photos', { shop });
  const slot = await page.slotOf(nok, 'closeup');
  if (how === 'scanned') {
    await page.scans(nok, slot, code);
    await page.leaves(nok);
  } else {
    await nok.taps({ action: 'promotion.typeCode' });
    await nok.fills({ code });
  }
  const { draft } = (await openDraftsOf('nok')).find((one) => one.draft.answers.store?.nameLocal === shop) ?? {};
  const ask = (await page.inHand(nok)).asks.find((one) => one.slot === slot);
  return { code: draft?.spots[0]?.code, notes: draft?.notes, says: ask?.says, have: ask?.have };
}

it('a code that stands in a shop of another ISO is refused as in the chat, and nothing of that ISO is said', async () => {
  const mali = await world().hires('mali', { isoId: 'rival' });
  await promote(mali, { shop: 'Secret Shop', series: 'CC' });
  await mali.sees('Submitted');

  const scanned = await given(RIVALS, 'scanned', 'Baan Coffee');
  await nok.sees(wordsOf('note.codeTaken'), 'Baan Coffee', 'Cashier 1');
  const typed = await given(RIVALS, 'typed', 'Nine Mart');
  await nok.sees(wordsOf('note.codeTaken'), 'Nine Mart');
  expect(scanned).toEqual(typed);
  expect([scanned.code, scanned.have]).toEqual([undefined, 0]);
  expect(scanned.says).toEqual({ kind: 'note', code: 'codeTaken' });
  expect(await nok.has(/Secret Shop|Mali|Rival/i)).toBe(false);
  const read = readTyped(RIVALS, MARKETING_CODE_FLOW.codes);
  if (read.kind !== 'ours') throw new Error('no Marketing Code');
  const { isoId } = (await inTransaction((tx) => activeBinding(read.code, tx))) ?? {};
  expect(isoId).toBe('rival');
});

it('a code that another ISO received stands there with the same doubt as in the chat', async () => {
  const { isoId = '' } = (await findPerson('nok')) ?? {};
  const [own, others] = ['ABCDEFGH2342', 'ABCDEFGH2343'];
  await stocked(isoId, [own]);
  await stocked('rival', [others]);
  const url = `https://qr.alipayplus.example/m/${others}`;
  const scanned = await given(url, 'scanned', 'Baan Coffee');
  const typed = await given(others, 'typed', 'Nine Mart');
  expect([scanned.code?.ownership, typed.code?.ownership]).toEqual(['notOfIso', 'notOfIso']);
  expect([scanned.code?.method, typed.code?.method]).toEqual(['H5_SCAN', 'TYPED']);
  expect(scanned.says).toEqual(typed.says);
});
