/** So many days say how fast codes are put up. */
export const PACE_DAYS = 30;

/** How many whole days codes last at the pace of the last 30; undefined where none was put up in them. */
export function daysOfStock(left: number, putUp: number): number | undefined {
  return putUp === 0 ? undefined : Math.floor((left * PACE_DAYS) / putUp);
}
