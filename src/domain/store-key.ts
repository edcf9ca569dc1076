/** What tells one shop from another. */
export interface StoreIdentity {
  readonly countryRegion: string;
  readonly nameLocal: string;
  readonly address: string;
}

const SAME_NAME = 0.9;
const SIMILAR_NAME = 0.6;
const SAME_ADDRESS = 0.9;
const SIMILAR_ADDRESS = 0.5;
const LONGEST_COMPARED = 200;

/**
 * What makes two entries the same shop: country, folded name, folded address (domain A.9 `normalizedKey`). Case, width,
 * Latin accents, spaces and punctuation do not tell shops apart; letters and tone marks of every other script do.
 */
export function storeKey({ countryRegion, nameLocal, address }: StoreIdentity): string {
  return [countryOf(countryRegion), folded(nameLocal), folded(address)].join('|');
}

/** Whether two entries may well be one shop, so that the person is asked: the same name, or nearly, at a similar address. */
export function looksLikeSameShop(one: StoreIdentity, other: StoreIdentity): boolean {
  if (countryOf(one.countryRegion) !== countryOf(other.countryRegion)) return false;
  const name = likeness(folded(one.nameLocal), folded(other.nameLocal));
  const address = likeness(folded(one.address), folded(other.address));
  return (name >= SAME_NAME && address >= SIMILAR_ADDRESS) || (name >= SIMILAR_NAME && address >= SAME_ADDRESS);
}

function countryOf(text: string): string {
  return text.trim().toUpperCase();
}

function folded(text: string): string {
  return text
    .slice(0, 4 * LONGEST_COMPARED)
    .normalize('NFKD')
    .replace(/(\p{Script=Latin})\p{Mn}+/gu, '$1')
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{M}]/gu, '')
    .slice(0, LONGEST_COMPARED);
}

/** Share of letter pairs that two texts have in common (Dice), 0 to 1. */
function likeness(one: string, other: string): number {
  if (one === other) return 1;
  const left = pairsOf(one);
  const right = pairsOf(other);
  if (left.length === 0 || right.length === 0) return 0;
  const unmatched = new Map<string, number>();
  for (const pair of left) unmatched.set(pair, (unmatched.get(pair) ?? 0) + 1);
  let shared = 0;
  for (const pair of right) {
    const rest = unmatched.get(pair) ?? 0;
    if (rest > 0) shared += 1;
    unmatched.set(pair, rest - 1);
  }
  return (2 * shared) / (left.length + right.length);
}

function pairsOf(text: string): readonly string[] {
  const letters = Array.from(text);
  return letters.slice(1).map((letter, index) => `${letters[index]}${letter}`);
}
