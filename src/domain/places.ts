/** Where something was, and how far off that may be. */
export interface Place {
  readonly latitude: number;
  readonly longitude: number;
  readonly accuracyM: number;
}

const EARTH_M = 6_371_000;

/**
 * How far a photo's place is from those of the other photos of its work: metres, the middle one of all distances, so that one that is wrong says
 * nothing of the others. What either of two may be off counts for them. Undefined where there is no other.
 */
export function metresFromOthers(place: Place, others: readonly Place[]): number | undefined {
  const distances = others.map((other) => metresBetween(place, other)).sort((one, other) => one - other);
  return distances[Math.floor((distances.length - 1) / 2)];
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
