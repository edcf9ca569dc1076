import type { FlowDefinition } from '../../src/domain/flows/definition.ts';
import type { Draft } from '../../src/flow/draft.ts';
import { answer, expectPhoto, newDraft, type PhotoVerdict, photoChecked } from '../../src/flow/engine.ts';
import { MARKETING_CODE_FLOW } from '../support/shipped-programme.ts';

export const STORE = {
  nameLocal: 'Baan Coffee',
  address: 'Silom Rd 12',
  city: 'Bangkok',
  paysWith: 'ALIPAY_AND_OTHERS',
  managerName: 'Somchai',
  consent: 'true',
};

export const MERCHANT = { contactPhoneOrEmail: '081 234 5678' };

export const serial = (n: number): string =>
  `ABCDEFGH${['AAA', 'AAB', 'AAC', 'AAD', 'AAE', 'AAF'][n] ?? 'ZZZ'}${n + 2}`;
export const payload = (n: number): string => `https://qr.alipayplus.example/m/${serial(n)}`;

export function emptyDraft(flow: FlowDefinition = MARKETING_CODE_FLOW): Draft {
  return newDraft(flow, { country: 'TH', storeCity: 'Bangkok' });
}

export function storeSaved(values: Record<string, unknown> = {}, flow?: FlowDefinition): Draft {
  return answer(emptyDraft(flow), { step: 'store', part: 'main', values: { ...STORE, ...values } }).draft;
}

/** What a flow does not ask for is left out. */
export function spotSaved(draft: Draft, spot: string, values: Record<string, unknown> = {}): Draft {
  const all = { fixedSecurely: 'true', posmForm: 'STANDEE', ...values };
  return answer(draft, { step: 'spots', spot, part: 'main', values: all }).draft;
}

/** A picture without any code, with its own hash unless told. */
export function plain(sha256: string, extra: Partial<Extract<PhotoVerdict, { ok: true }>> = {}): PhotoVerdict {
  return { ok: true, sha256, codes: [], weaknesses: [], ...extra };
}

/** A picture in which our codes, by number, are read. */
export function withCodes(sha256: string, ...codes: number[]): PhotoVerdict {
  return plain(sha256, { codes: codes.map(payload) });
}

/** Photos that came in one burst: all reserved, then judged in order. `p1`, `p2` … by running number. */
export function sent(draft: Draft, ...verdicts: PhotoVerdict[]): Draft {
  const first = draft.photos.length + 1;
  let now = draft;
  verdicts.forEach((_, index) => {
    now = expectPhoto(now, { photoId: `p${first + index}`, seq: first + index, at: 1_000 * first + index });
  });
  verdicts.forEach((verdict, index) => {
    now = photoChecked(now, `p${first + index}`, verdict);
  });
  return now;
}

/** Store and its photo there; the first spot's form saved: its two photos are wanted. */
export function atSpotPhotos(howMany = 1, flow?: FlowDefinition): Draft {
  return spotSaved(sent(storeSaved({}, flow), plain('front')), 's1', { howMany: String(howMany) });
}

/** Everything there. */
export function complete(howMany = 1, flow?: FlowDefinition): Draft {
  let draft = atSpotPhotos(howMany, flow);
  for (let n = 0; n < howMany; n += 1) {
    if (n > 0) draft = spotSaved(draft, `s${n + 1}`);
    draft = sent(draft, plain(`counter${n}`), withCodes(`code${n}`, n));
  }
  return answer(draft, { step: 'merchant', part: 'main', values: MERCHANT }).draft;
}

export function whereIs(draft: Draft, photoId: string): string {
  const where = draft.photos.find((photo) => photo.photoId === photoId)?.where;
  if (where?.kind === 'slot') return [where.slot.spot, where.slot.name].filter(Boolean).join('.');
  return where?.kind === 'setAside' || where?.kind === 'refused'
    ? `${where.kind}:${where.why}`
    : (where?.kind ?? 'lost');
}

/** As it comes back from the store: what its product asks is put there each time. */
export function readAgain({ flow, ...kept }: Draft): Draft {
  return { ...JSON.parse(JSON.stringify(kept)), flow };
}
