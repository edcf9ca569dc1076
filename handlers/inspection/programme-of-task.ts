import type { InspectionTask } from '../../models/inspection-tasks.ts';
import { currentProgramme, programmeAt } from '../../models/programme-in-use.ts';
import type { VersionedProgramme } from '../../src/programme/versioned-programme.ts';

/** By what a task is inspected: the version that it was submitted under, until then the one in use. */
export async function programmeOfTask({ programme }: Pick<InspectionTask, 'programme'>): Promise<VersionedProgramme> {
  return programme === undefined ? currentProgramme() : await programmeAt(programme);
}

/** What people pay with in a country or region; undefined where the programme does not know. */
export function currencyIn({ programme: { markets } }: VersionedProgramme, country: string): string | undefined {
  return Object.hasOwn(markets, country) ? markets[country]?.currency : undefined;
}
