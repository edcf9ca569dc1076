/** So many days say how fast codes are put up, where they are not very many. */
export const PACE_DAYS = 30;

/** How many whole days codes last at the pace of so many put up in so many days; undefined where none was put up in them. */
export function daysOfStock(left: number, putUp: number, days: number = PACE_DAYS): number | undefined {
  return putUp === 0 ? undefined : Math.floor((left * days) / putUp);
}
