import type { Entry } from '../../protocol/page-protocol.ts';

/** The routing keys behind an entry's controls that can be used: the same in every language. */
export function actionsOf({ view }: Entry): readonly string[] {
  const controls = [...(view?.buttons ?? []), ...(view?.forms ?? [])].filter(({ disabled }) => !disabled);
  return controls.flatMap(({ params }) => (typeof params.action === 'string' ? [params.action] : []));
}
