import { reasonOf } from '../../src/domain/reason-codes.ts';
import type { T } from '../text.ts';

/** Why something failed, in a few plain words: `photo too dark`. A code that nobody knows is another reason. */
export function reviewReason(t: T, code: string | undefined): string {
  return t.named(`reviewReason.${reasonOf(code ?? '').code}`);
}
