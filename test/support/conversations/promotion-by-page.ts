import { present } from '@field/kit/present';
import type { CaptureAsk, CaptureState } from '../../../src/web/capture/client/protocol.ts';
import type { CapturePhone } from '../capture-phone.ts';
import { pictures } from '../pictures.ts';
import type { Person } from '../world/person.ts';
import { codeOf, SHOP } from './promotion.ts';

export interface ByPagePlan {
  readonly shop?: string;
  readonly spots?: number;
  /** As in `PromotionPlan`. */
  readonly series?: string;
  readonly look?: number;
  /** The codes are scanned, and the close-ups show none. */
  readonly scans?: boolean;
}

/** Start Promotion to *Submitted*: forms in the chat, every photo by the page beside it. */
export async function promoteByPage(person: Person, phone: CapturePhone, plan: ByPagePlan = {}): Promise<void> {
  const { shop = SHOP.nameLocal, spots = 3, look = 500, series = 'PG', scans = false } = plan;
  const taken = { look, series, scans };
  await person.says('menu');
  await person.taps({ action: 'menu.product', product: 'MARKETING_CODE' });
  await person.taps({ action: 'promotion.start' });
  await person.fills({ ...SHOP, nameLocal: shop });
  await takeAll(phone, await phone.opens(), taken);
  for (let spot = 0; spot < spots; spot += 1) {
    await person.fills(present({ ...SPOT, howMany: spot === 0 ? String(spots) : undefined }));
    if (spot === 0) await takeAll(phone, await phone.state(), taken);
  }
  await person.fills({ contactPhoneOrEmail: '+66 81 999 0001' });
  await person.taps({ action: 'promotion.submit' });
}

const SPOT = { spotType: 'CASHIER_COUNTER', fixedSecurely: true } as const;

/** Everything that is asked for and not there yet, as one walks through the shop; sent once all is taken. */
export async function takeAll(
  phone: CapturePhone,
  state: CaptureState,
  { look, series, scans = false }: { readonly look: number; readonly series: string; readonly scans?: boolean },
): Promise<void> {
  const asked = (state.work?.asks ?? []).filter(({ have, checking }) => have + checking === 0);
  const sealed = [];
  for (const ask of asked) {
    const spot = spotOf(ask);
    if (ask.takes === 'both' && scans) sealed.push(phone.seals(state, { slot: ask.slot, code: codeOf(series, spot) }));
    sealed.push(phone.seals(state, { slot: ask.slot }, await photoFor(ask, spot, { look, series, scans })));
  }
  await Promise.all(sealed.map((one) => phone.begins(one)));
  for (const one of sealed) {
    const { status, body } = await phone.sends(one);
    if (status !== 200 || body.done !== true) throw new Error(`not taken: ${status} ${JSON.stringify(body)}`);
  }
}

async function photoFor(
  { slot, takes }: CaptureAsk,
  spot: number,
  { look, series, scans }: { readonly look: number; readonly series: string; readonly scans: boolean },
): Promise<Buffer> {
  if (slot.startsWith('store/')) return await pictures.storefront(look);
  if (takes !== 'both') return await pictures.counter(look + spot);
  return scans
    ? await pictures.display(look + spot)
    : await pictures.closeup(codeOf(series, spot), { seed: look + spot });
}

/** `s2` is the second one, from 0. */
function spotOf({ slot }: CaptureAsk): number {
  return Number(/\/s(\d+)\//.exec(slot)?.[1] ?? 1) - 1;
}
