/** Where something was, and how far off that may be. */
export interface Place {
  readonly latitude: number;
  readonly longitude: number;
  readonly accuracyM: number;
}

const EARTH_M = 6_371_000;

/**
 * How far a photo's place is from others, those of its work or those of earlier visits: metres, the middle one of all distances, so that one that is
 * wrong says nothing of the others. What either of two may be off counts for them. Undefined where there is no other.
 */
export function metresFromOthers(place: Place, others: readonly Place[]): number | undefined {
  const distances = others.map((other) => metresBetween(place, other)).sort((one, other) => one - other);
  return distances[Math.floor((distances.length - 1) / 2)];
}

/** Some hundred metres on each side: as far off as a place may be that is kept. */
const ROUNDED_DEGREES = 0.001;
const ROUNDING_M = 80;
/** Of so many visits what a later one is compared with: one that was wrong is outvoted by the next two. */
const MOST_VISITS = 3;

/** What stays of a visit among those before it: its middle place, rounded, without whose or when; unchanged by a visit without a place. */
export function withVisit(visits: readonly Place[], places: readonly Place[]): readonly Place[] {
  if (places.length === 0) return visits;
  const visit = {
    latitude: rounded(middle(places.map(({ latitude }) => latitude))),
    longitude: rounded(middle(places.map(({ longitude }) => longitude))),
    accuracyM: Math.round(middle(places.map(({ accuracyM }) => accuracyM))) + ROUNDING_M,
  };
  return [...visits, visit].slice(-MOST_VISITS);
}

function middle(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor((values.length - 1) / 2)] ?? 0;
}

/** As many decimals as say no more. */
function rounded(degrees: number): number {
  return Number((Math.round(degrees / ROUNDED_DEGREES) * ROUNDED_DEGREES).toFixed(3));
}

function metresBetween(one: Place, other: Place): number {
  const [north, east] = [radians(other.latitude - one.latitude), radians(other.longitude - one.longitude)];
  const chord =
    Math.sin(north / 2) ** 2 +
    Math.cos(radians(one.latitude)) * Math.cos(radians(other.latitude)) * Math.sin(east / 2) ** 2;
  const apart = 2 * EARTH_M * Math.asin(Math.min(1, Math.sqrt(chord)));
  return Math.max(0, Math.round(apart - one.accuracyM - other.accuracyM));
}

function radians(degrees: number): number {
  return (degrees * Math.PI) / 180;
}
