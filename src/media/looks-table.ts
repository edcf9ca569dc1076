import { BITS, HASHES, WORDS, wordsOf } from './picture-looks.ts';

/** An earlier photo, and in how many of 256 bits its nearest hash differs. */
export interface Near {
  readonly photoId: string;
  readonly apart: number;
}

/** Looks of many photos, packed: 192 bytes a photo. The oldest make room for what comes. */
export interface LooksTable {
  readonly size: number;
  has(photoId: string): boolean;
  /** Looks that cannot be read are left out. */
  add(photoId: string, looks: string): void;
  /** Those within so many bits, the nearest first: the whole against what was whole and each part of it, the middle against what was whole. */
  nearest(looks: string, within: number, most: number): readonly Near[];
}

const OF_ONE = BITS / 32;
/** The part that is left of a picture of a picture, with a rim around it. */
const MIDDLE = 1;
const FIRST_ROOM = 1024;

export function createLooksTable(mostPhotos: number): LooksTable {
  let words = new Uint32Array(Math.min(mostPhotos, FIRST_ROOM) * WORDS);
  const ids: string[] = [];
  const places = new Map<string, number>();
  let next = 0;

  function roomFor(place: number): void {
    if (words.length >= (place + 1) * WORDS) return;
    const larger = new Uint32Array(Math.min(mostPhotos * WORDS, words.length * 2));
    larger.set(words);
    words = larger;
  }

  return {
    get size() {
      return ids.length;
    },
    has: (photoId) => places.has(photoId),
    add(photoId, looks) {
      const own = wordsOf(looks);
      if (own === undefined || places.has(photoId)) return;
      const place = next % mostPhotos;
      next += 1;
      roomFor(place);
      const oldest = ids[place];
      if (oldest !== undefined) places.delete(oldest);
      words.set(own, place * WORDS);
      ids[place] = photoId;
      places.set(photoId, place);
    },
    nearest(looks, within, most) {
      const own = wordsOf(looks);
      if (own === undefined) return [];
      const near: Near[] = [];
      for (const [place, photoId] of ids.entries()) {
        const apart = nearestOf(words, place * WORDS, own, within);
        if (apart <= within) near.push({ photoId, apart });
      }
      return near.toSorted((one, other) => one.apart - other.apart).slice(0, most);
    },
  };
}

function nearestOf(words: Uint32Array, start: number, own: Uint32Array, within: number): number {
  let best = within + 1;
  for (let hash = 0; hash < HASHES; hash++) {
    best = Math.min(best, apartBy(words, start + hash * OF_ONE, own, 0, best));
  }
  return Math.min(best, apartBy(words, start, own, MIDDLE * OF_ONE, best));
}

/** In how many bits two hashes differ; given up where it is no less than `enough`. */
function apartBy(words: Uint32Array, at: number, own: Uint32Array, from: number, enough: number): number {
  let apart = 0;
  for (let word = 0; word < OF_ONE && apart < enough; word++) {
    apart += ones((words[at + word] ?? 0) ^ (own[from + word] ?? 0));
  }
  return apart;
}

function ones(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555);
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
