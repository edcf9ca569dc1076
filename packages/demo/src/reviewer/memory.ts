import { readFile, rename, writeFile } from 'node:fs/promises';
import { z } from 'zod';

const storeSchema = z.object({
  isoId: z.string(),
  name: z.string(),
  address: z.string(),
  countryRegion: z.string(),
  acceptsOnlyAlipay: z.boolean(),
  approved: z.boolean(),
});
const spotSchema = z.object({
  isoId: z.string(),
  storeRef: z.string(),
  promoter: z.string(),
  /** The data date of its approval; absent while it is not approved. */
  approvedOn: z.string().optional(),
  tasked: z.boolean(),
  settled: z.boolean(),
});
const memorySchema = z.object({
  judged: z.array(z.string()),
  /** By ISO: each staff member seen there, with the inspection tasks given. */
  staff: z.record(z.string(), z.record(z.string(), z.int())),
  stores: z.record(z.string(), storeSchema),
  spots: z.record(z.string(), spotSchema),
});

/** What the reviewer knows from the nights before; changed as a night goes on, and kept at its end. */
export type Memory = z.infer<typeof memorySchema>;

/** What was remembered in this file; nothing yet when it is not there. */
export async function recall(file: string): Promise<Memory> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (thrown) {
    if (thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT') {
      return { judged: [], staff: {}, stores: {}, spots: {} };
    }
    throw thrown;
  }
  return memorySchema.parse(JSON.parse(text));
}

/** Keeps it in this file, whole or not at all. */
export async function remember(file: string, memory: Memory): Promise<void> {
  await writeFile(`${file}.part`, JSON.stringify(memory), { mode: 0o600 });
  await rename(`${file}.part`, file);
}
