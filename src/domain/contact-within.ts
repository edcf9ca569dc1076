import { digitsOf, folded, isPhone, TELLING_DIGITS } from './contact.ts';
import { parseEmail } from './email.ts';

/** Scripts that are written without blanks between words: there a name may stand amid others. */
const WITHOUT_BLANKS =
  /[\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;

/**
 * Whether what a code says names this contact somewhere within it: the e-mail, the phone however it is written, or all words of the
 * name. Also where it is written as in an address (`%40`) or a visiting card (`=40`, lines that are broken).
 */
export function contactWithin(typed: string): (content: string) => boolean {
  const says = holding(typed);
  return (content) => readingsOf(content).some(says);
}

function holding(typed: string): (reading: string) => boolean {
  const email = parseEmail(typed);
  if (email !== undefined) return wordIn(email);
  if (isPhone(typed)) {
    const telling = digitsOf(typed).slice(-TELLING_DIGITS);
    return (reading) => reading.replace(/(?<=\d)[\s().-]+(?=\d)/g, '').includes(telling);
  }
  const words = folded(typed)
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .filter((word) => word !== '');
  const held = words.map((word) =>
    WITHOUT_BLANKS.test(word) ? (reading: string) => reading.includes(word) : wordIn(word),
  );
  return (reading) => held.length > 0 && held.every((isHeld) => isHeld(reading));
}

/** Whether a text stands there by itself, with neither a letter nor a digit before or after it. */
function wordIn(word: string): (reading: string) => boolean {
  return (reading) => {
    for (let at = reading.indexOf(word); at >= 0; at = reading.indexOf(word, at + 1)) {
      const before = reading.slice(0, at);
      const after = reading.slice(at + word.length);
      if (!/[\p{L}\p{M}\p{N}]$/u.test(before) && !/^[\p{L}\p{M}\p{N}]/u.test(after)) return true;
    }
    return false;
  };
}

function readingsOf(content: string): readonly string[] {
  const whole = content.replace(/=?\r?\n[ \t]?(?=\S)/g, (broken) =>
    broken.startsWith('=') || /[ \t]$/.test(broken) ? '' : '\n',
  );
  const asAddress = bytesWritten(whole.replaceAll('+', ' '), '%');
  return [...new Set([whole, asAddress, bytesWritten(whole, '=')])].map(folded);
}

/** UTF-8 bytes that are written as two digits after a sign; what is none stays as it is. */
function bytesWritten(text: string, sign: '%' | '='): string {
  const bytes = new RegExp(`(?:${sign}[0-9A-Fa-f]{2})+`, 'g');
  return text.replace(bytes, (found) => Buffer.from(found.replaceAll(sign, ''), 'hex').toString('utf8'));
}
