import { present } from '@field/kit/present';
import type { Json, Props } from './bindings.ts';

/** One node of the builder's tree. */
export type Node = { readonly [key: string]: Json; readonly componentName: string; readonly id: string };

/** What the builder notes of a component placed by drag and drop. */
export const PLACED: Props = { margin: -2, innerOffset: 0 };

/** A node with everything the builder writes beside its properties. */
export function node(componentName: string, id: string, props: Props, children?: readonly Node[]): Node {
  return present({
    componentName,
    id: `node_${id}`,
    props,
    title: '',
    hidden: false,
    isLocked: false,
    condition: true,
    conditionGroup: '',
    children,
  });
}
