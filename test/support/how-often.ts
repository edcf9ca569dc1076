/** How often a proof by chance does its thing: a few times in each run of all tests, and in full with `LONG=1` (CONTRIBUTING, tests). */
export function howOften(often: { readonly inEachRun: number; readonly inFull: number }): number {
  return process.env.LONG ? often.inFull : often.inEachRun;
}
