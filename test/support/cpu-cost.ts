/** How often work may seem too dear until it is. */
const TIMES = 3;

/** What the processor does for this work, however many others want it. */
async function cpuMs(work: () => unknown): Promise<number> {
  const begun = process.cpuUsage();
  await work();
  return process.cpuUsage(begun).user / 1_000;
}

/**
 * Whether work takes the processor longer than this each time that it is done. What it costs by its own shape it costs
 * always; the compiler, the collector of memory and another run on the same core add to one time or another.
 */
export async function isDearer(mostCpuMs: number, work: () => unknown): Promise<boolean> {
  for (let time = 0; time < TIMES; time += 1) if ((await cpuMs(work)) <= mostCpuMs) return false;
  return true;
}
