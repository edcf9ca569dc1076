import { derivedId, type IdSource } from '@field/kit/ids';

const SPOKEN = '23456789BCDFGHJKMNPQRSTVWXZ';

/** Ids in the order of asking, the same in every run: `next()` is `000…01`, then `000…02`, and so on. */
export function countedIds(): IdSource {
  let count = 0;
  const next = (): number => {
    count += 1;
    return count;
  };
  return {
    next: () => String(next()).padStart(26, '0'),
    spoken: (length) => spelled(next(), length),
    token: () => derivedId('token', next()).slice(0, 32),
    lease: () => derivedId('lease', next()).slice(0, 32),
    random: () => 0.5,
  };
}

/** `count` in the digits that can be said on the phone. */
function spelled(count: number, length: number): string {
  const places = Array.from({ length }, (_, place) => Math.floor(count / SPOKEN.length ** (length - 1 - place)));
  return places.map((value) => SPOKEN[value % SPOKEN.length]).join('');
}
