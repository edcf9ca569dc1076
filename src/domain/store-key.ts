export interface StoreIdentity {
  readonly countryRegion: string;
  readonly nameLocal: string;
  readonly address: string;
}

/** What makes two entries the same shop: country, folded name, folded address (domain A.9 `normalizedKey`). */
export function storeKey({ countryRegion, nameLocal, address }: StoreIdentity): string {
  return [countryRegion.toUpperCase(), fold(nameLocal), fold(address)].join('|');
}

/** Whether two entries may well be one shop, so that the person is asked: the same name, or nearly, at a similar address. */
export function looksLikeSameShop(one: StoreIdentity, other: StoreIdentity): boolean {
  if (one.countryRegion.toUpperCase() !== other.countryRegion.toUpperCase()) return false;
  const name = similarity(fold(one.nameLocal), fold(other.nameLocal));
  const address = similarity(fold(one.address), fold(other.address));
  return (name >= SAME_NAME && address >= SIMILAR_ADDRESS) || (name >= SIMILAR_NAME && address >= SAME_ADDRESS);
}

const SAME_NAME = 0.9;
const SIMILAR_NAME = 0.6;
const SAME_ADDRESS = 0.9;
const SIMILAR_ADDRESS = 0.5;

/** Case, width, accents, spaces and punctuation do not tell shops apart; letters of every script do. */
function fold(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{Mn}/gu, (mark) => (/\p{Script=Thai}/u.test(mark) ? mark : ''))
    .replace(/[^\p{L}\p{N}\p{Mn}]+/gu, '');
}

/** Share of letter pairs two texts have in common (Dice), 0 to 1. */
function similarity(one: string, other: string): number {
  if (one === other) return 1;
  const left = pairs(one);
  const right = pairs(other);
  if (left.length === 0 || right.length === 0) return 0;
  const rest = [...right];
  const shared = left.filter((pair) => {
    const at = rest.indexOf(pair);
    if (at >= 0) rest.splice(at, 1);
    return at >= 0;
  }).length;
  return (2 * shared) / (left.length + right.length);
}

function pairs(text: string): string[] {
  const letters = [...text.slice(0, 200)];
  return letters.slice(1).map((letter, index) => `${letters[index]}${letter}`);
}
