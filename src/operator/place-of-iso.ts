import { AppError } from '@field/kit/errors';
import type { Iso } from '../../models/isos.ts';
import { currentVersion } from '../programme-in-use/apply.ts';
import { readFolder } from '../programme-in-use/read-folder.ts';
import { readOrRefuse } from '../programme-in-use/read-or-refuse.ts';
import type { Operator } from './command.ts';

/** Where an ISO is, as far as that was said. */
interface AskedPlace {
  readonly country?: string | undefined;
  readonly timeZone?: string | undefined;
}

/**
 * Where an ISO is: what was not said follows from the programme that is worked by, before the first start from its folder. Errors:
 * `usage.wrong` where the programme does not tell, `programme.wrong`.
 */
export async function placeOf(
  asked: AskedPlace,
  { programmeFolder }: Pick<Operator, 'programmeFolder'>,
): Promise<Pick<Iso, 'country' | 'timeZone'>> {
  if (asked.country !== undefined && asked.timeZone !== undefined)
    return { country: asked.country, timeZone: asked.timeZone };
  const files = (await currentVersion())?.files ?? (await readFolder(programmeFolder()));
  const { markets, defaultMarket } = readOrRefuse(files);
  const country = asked.country ?? defaultMarket;
  const timeZone = asked.timeZone ?? markets[country]?.timeZone;
  if (timeZone === undefined) {
    const say = `The programme does not say in which time zone ${country} is. Say it: --time-zone, such as Europe/Madrid.`;
    throw new AppError('usage.wrong', { say });
  }
  return { country, timeZone };
}
