import { asText } from '../as-text.ts';
import type { Json } from '../template.ts';

/** Where an expression finds the values of variables, and the item of the loop that it stands in. */
export interface Surroundings {
  value(path: string): Json | undefined;
  readonly item: Json | undefined;
  /** The item's place in its list, from 0. */
  readonly index: number | undefined;
}

type Run = (args: readonly (Json | undefined)[], around: Surroundings) => Json | undefined;

/** The functions that public templates and the documentation (DingTalk: variable types, loop rendering) show. */
export const FUNCTIONS: Readonly<Record<string, Run>> = {
  toStr: ([value]) => asText(value),
  toNumber: ([value]) => Number(value),
  concat: (args) => args.map(asText).join(''),
  len: ([value]) => (typeof value === 'string' || Array.isArray(value) ? value.length : 0),
  arrayJoin: ([list, between]) => listOf(list).map(asText).join(asText(between)),
  arrayGet: ([list, at]) => listOf(list)[Number(at)],
  subdata: ([path], { item }) =>
    asText(path)
      .split('.')
      .reduce<Json | undefined>((at, step) => fieldOf(at, step), item),
  subdataIndex: (_args, { index }) => index,
};

function listOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]) : [];
}

function fieldOf(value: Json | undefined, name: string): Json | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  return Object.hasOwn(value, name) ? (value as Readonly<Record<string, Json>>)[name] : undefined;
}
