import { codeHash } from '../../src/domain/code.ts';
import type { PhotoVerdict } from '../../src/flow/engine.ts';
import type { FormPart } from '../../src/inspection/forms.ts';
import { answer } from '../../src/inspection/forms.ts';
import { type Assignment, type Inspection, newInspection } from '../../src/inspection/inspection.ts';
import { expectPhoto, photoChecked } from '../../src/inspection/photos.ts';
import { everythingMatches, spotIsGood } from '../../src/inspection/say.ts';
import { SHIPPED_INSPECTION, SHIPPED_REASONS } from '../support/shipped-programme.ts';

const PREFIX = 'https://qr.alipayplus.example/m/';

const codeOf = (serial: string) => ({
  hash: codeHash({ canonicalUrl: `${PREFIX}${serial}` }),
  short: serial.slice(-4),
});

/** A shop with a cashier and a door, each with its code, and a Primary POSM without one. */
export const SHOP: Assignment = {
  spots: [
    { spotRef: 'cashier', codes: [codeOf('AAAABBBBCCC2')] },
    { spotRef: 'door', codes: [codeOf('AAAABBBBCCC3')] },
    { spotRef: 'stand', codes: [] },
  ],
  acceptsOnlyAlipay: false,
  ...SHIPPED_INSPECTION,
};
export const CASHIER_CODE = `${PREFIX}AAAABBBBCCC2`;
export const DOOR_CODE = `${PREFIX}AAAABBBBCCC3`;
export const FOREIGN_CODE = `${PREFIX}AAAABBBBCCC9`;

export const good = (sha256: string, more: Partial<Extract<PhotoVerdict, { ok: true }>> = {}): PhotoVerdict => ({
  ok: true,
  sha256,
  codes: [],
  weaknesses: [],
  ...more,
});

/** Somebody at work on a task: says and sends one thing after the other. */
export class Work {
  inspection: Inspection = newInspection();
  assignment: Assignment;
  #seq = 0;

  constructor(assignment: Assignment = SHOP) {
    this.assignment = assignment;
  }

  does(change: (inspection: Inspection, assignment: Assignment) => Inspection): this {
    this.inspection = change(this.inspection, this.assignment);
    return this;
  }

  /** Photos of one message, each checked at once, in order. */
  sends(...verdicts: readonly PhotoVerdict[]): this {
    const at = ++this.#seq * 1_000;
    const photos = verdicts.map((verdict, index) => ({ photoId: `p${at + index}`, seq: at + index, at, verdict }));
    for (const { verdict: _verdict, ...photo } of photos) this.does((now, task) => expectPhoto(now, task, photo));
    for (const { photoId, verdict } of photos) this.does((now, task) => photoChecked(now, task, photoId, verdict));
    return this;
  }

  fills(part: FormPart, values: Readonly<Record<string, unknown>>): this {
    return this.does((now, task) => answer(now, task, part, values));
  }

  /** Up to the choice of a tool, with everything as it was submitted. */
  checksDeployment(): this {
    this.sends(good('front')).does(everythingMatches);
    for (const { spotRef, codes: submitted } of this.assignment.spots) {
      const codes = submitted.map(({ short }) => `${PREFIX}AAAABBBB${short}`);
      this.sends(good(`at ${spotRef}`, { codes })).does((now, task) => spotIsGood(now, task, spotRef));
    }
    return this;
  }
}

/** What these reasons ask for by the programme that is shipped. */
export function askedFor(reasons: readonly string[]): readonly string[] {
  return reasons.flatMap((code) => SHIPPED_REASONS.of(code).asks);
}
