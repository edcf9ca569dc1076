/** The sample pictures, in the order a promotion asks for them. */
export const SAMPLE_NAMES = ['storefront', 'counter', 'closeup'] as const;
export type SampleName = (typeof SAMPLE_NAMES)[number];

/** The sample to offer next, given those sent since the promotion was started: the shop front first, then two a spot. */
export function nextSample(sent: readonly SampleName[]): SampleName {
  if (sent.length === 0) return 'storefront';
  const count = (name: SampleName): number => sent.filter((one) => one === name).length;
  return count('counter') <= count('closeup') ? 'counter' : 'closeup';
}
