/** `1 admin`, `2 admins`; `many` where that is another word: `howMany(2, 'person', 'people')`. */
export function howMany(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
}
