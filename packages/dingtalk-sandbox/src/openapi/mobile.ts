import type { World } from '../world/world.ts';

/** DKB 0055: a number of the mainland as it is dialled there, any other as `+xx-xxxxxx`. */
const MAINLAND = /^1\d{10}$/;
const WITH_COUNTRY = /^\+[1-9]\d{0,2}-\d{4,14}$/;

/** Whether DingTalk takes a mobile in this form; `+86-` is read in either sort of organisation (not documented). */
export function isMobile(mobile: string): boolean {
  return MAINLAND.test(mobile) || WITH_COUNTRY.test(mobile);
}

/** The same for adding a person: an organisation registered abroad (a knob) must write `+86-` before numbers of the mainland too. */
export function isMobileToAdd(world: World, mobile: string): boolean {
  if (world.faults.take('registeredAbroad') !== undefined) return WITH_COUNTRY.test(mobile);
  return isMobile(mobile);
}

/** `state_code` and the number without it, as user/get answers them. */
export function inTwo(mobile: string): { state_code: string; mobile: string } {
  const [, country, number] = /^\+(\d+)-(.+)$/.exec(mobile) ?? [];
  return { state_code: country ?? '86', mobile: number ?? mobile };
}
