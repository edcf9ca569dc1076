import { findIso, type Iso } from '../../models/isos.ts';
import { currentProgramme } from '../../models/programme-in-use.ts';
import type { Reads } from '../../models/single-write.ts';
import type { AllowedHours } from '../domain/allowed-hours.ts';
import { reminderHours } from '../programme/reminder-hours.ts';

/** When people of an ISO may be told of what lapses or waits; of one that is not there by the clock of Greenwich. */
export async function hoursOfIso(isoId: string, tx?: Reads): Promise<AllowedHours> {
  return hoursIn(await findIso(isoId, tx));
}

export function hoursIn({ country = '', timeZone = 'UTC' }: Partial<Iso> = {}): AllowedHours {
  return reminderHours(currentProgramme().programme, { market: country, timeZone });
}
