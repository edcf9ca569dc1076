/** An object in which what may be undefined is missing instead; under keys that no type names, only what is there. */
export type Present<Fields extends object> = {
  [Key in keyof Fields as MayMiss<Fields, Key> extends true ? never : Key]: Exclude<Fields[Key], undefined>;
} & {
  [Key in keyof Fields as MayMiss<Fields, Key> extends true ? Key : never]?: Exclude<Fields[Key], undefined>;
};

type MayMiss<Fields, Key extends keyof Fields> = string extends Key
  ? false
  : undefined extends Fields[Key]
    ? true
    : false;

/**
 * The same fields in the same order, without those that are undefined: for an object whose keys are counted, listed, hashed, spread
 * over another one or stored, where a key that says undefined is not the same as none. Looks at the outermost object only.
 */
export function present<Fields extends object>(fields: Fields): Present<Fields> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Present<Fields>;
}
