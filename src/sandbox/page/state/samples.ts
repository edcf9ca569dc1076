import { signal } from '@preact/signals';
import { nextSample, SAMPLE_NAMES, type SampleName } from './next-sample.ts';

const KEY = 'samples-sent';

/** The samples each person has sent since the promotion was started, kept over a reload. */
const sent = signal<Readonly<Record<string, readonly SampleName[]>>>(restored());

/** The sample that is offered to a person next. */
export function nextSampleFor(userId: string): SampleName {
  return nextSample(sent.value[userId] ?? []);
}

/** A promotion was started: its pictures are asked for from the first. */
export function promotionStarted(userId: string): void {
  keep(userId, []);
}

/** A sample picture has been sent. */
export function sampleSent(userId: string, name: SampleName): void {
  keep(userId, [...(sent.value[userId] ?? []), name]);
}

function keep(userId: string, names: readonly SampleName[]): void {
  sent.value = { ...sent.value, [userId]: names };
  sessionStorage.setItem(KEY, JSON.stringify(sent.value));
}

function restored(): Record<string, SampleName[]> {
  try {
    const kept = JSON.parse(sessionStorage.getItem(KEY) ?? '{}') as Record<string, SampleName[]>;
    const known = Object.entries(kept).map(([userId, names]) => [
      userId,
      names.filter((name) => SAMPLE_NAMES.includes(name)),
    ]);
    return Object.fromEntries(known);
  } catch {
    return {};
  }
}
