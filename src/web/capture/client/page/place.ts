import type { CapturePlace } from '../protocol.ts';

const FOUND_WITHIN_MS = 8_000;

/** A place as DingTalk tells it: numbers, or texts of them; Android's older clients put it one level deeper. */
export function placeIn(answer: unknown): CapturePlace | undefined {
  const told = (answer ?? {}) as Record<string, unknown>;
  const { latitude, longitude, accuracy, isFromMock } = (told.location ?? told) as Record<string, unknown>;
  const numbers = [latitude, longitude, accuracy].map((value) =>
    value === undefined || value === '' ? Number.NaN : Number(value),
  );
  const [lat = Number.NaN, long = Number.NaN, accuracyM = Number.NaN] = numbers;
  if (!Number.isFinite(lat) || !Number.isFinite(long) || Math.abs(lat) > 90 || Math.abs(long) > 180) return undefined;
  return {
    latitude: lat,
    longitude: long,
    accuracyM: Number.isFinite(accuracyM) ? accuracyM : 1_000,
    mocked: isFromMock === true || isFromMock === 'true' ? true : undefined,
  };
}

/** Where the browser says that it is, if the person lets it. */
export function placeOfBrowser(): Promise<CapturePlace | undefined> {
  return new Promise((resolve) => {
    if (!('geolocation' in navigator)) return resolve(undefined);
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => resolve({ latitude: coords.latitude, longitude: coords.longitude, accuracyM: coords.accuracy }),
      () => resolve(undefined),
      { maximumAge: 60_000, timeout: FOUND_WITHIN_MS },
    );
  });
}
