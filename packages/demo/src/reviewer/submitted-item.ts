import { z } from 'zod';

const common = {
  submissionKey: z.string(),
  itemRef: z.string(),
  revision: z.int().positive(),
  isoId: z.string(),
  staffRef: z.string(),
  photos: z.array(z.object({ role: z.string(), sha256: z.string().regex(/^[0-9a-f]{64}$/) })).default([]),
};

const storeValues = z.object({
  nameLocal: z.string().default(''),
  address: z.string().default(''),
  countryRegion: z.string().default(''),
  acceptsOnlyAlipay: z.boolean().default(false),
});
const spotValues = z.object({ fixedSecurely: z.boolean().default(true) });

/**
 * A handed-over line as far as a reviewer looks at it. The columns are the sender's (`docs/daily-data.md`); what is not
 * named here is passed over, so that a new column breaks nothing.
 */
export const submittedItem = z.discriminatedUnion('itemType', [
  z.object({ ...common, itemType: z.literal('STORE'), values: storeValues }),
  z.object({ ...common, itemType: z.literal('SPOT'), storeRef: z.string(), values: spotValues }),
  z.object({
    ...common,
    itemType: z.literal('POSM'),
    spotRef: z.string(),
    code: z.object({ payload: z.string() }).optional(),
  }),
  z.object({ ...common, itemType: z.literal('INSPECTION') }),
  z.object({ ...common, itemType: z.literal('APPEAL'), against: z.object({ itemRef: z.string() }) }),
]);

export type SubmittedItem = z.infer<typeof submittedItem>;

/** What became of a code that a line before calls unknown: nothing to judge. */
export const codeDecided = z.object({ itemType: z.literal('CODE') });
