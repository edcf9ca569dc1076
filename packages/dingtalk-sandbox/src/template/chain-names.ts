/**
 * How the steps of a chain are named in the exports' compiled form. A request without an id of its own is called back under the
 * name of its step.
 */
export type StepName = (at: number) => string;

/** The events that a tap begins with. */
export const atFirst: StepName = (at) => (at === 0 ? 'main' : `main_${at}`);

/** Those that follow a choice of the menu that is the step `name`. */
export function inMenu(name: string, choice: number): StepName {
  return (at) => `${name}_${choice}_${at}`;
}

/** Those that follow the request that is the step `name`; left and right are the two ways of a condition. */
export function afterRequest(name: string, way: 'success' | 'success_left' | 'success_right' | 'failure'): StepName {
  return (at) => `${name}_${way}_callback_${at}`;
}
