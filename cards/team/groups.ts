import { danger, labelWith } from '../buttons.ts';
import type { T } from '../text.ts';
import type { CardView } from '../view.ts';
import { type PageModel, pageButtons, pageNote, teamButton } from './pages.ts';

export interface GroupsModel extends PageModel {
  /** `title` is empty where DingTalk did not tell it. */
  readonly groups: readonly { readonly id: string; readonly title: string; readonly version: number }[];
  readonly count: number;
}

/** *Groups with the digest*: each can be stopped; how another is added. */
export function groups(model: GroupsModel, t: T): CardView {
  const { count } = model;
  return {
    title: t('groups.title'),
    body: [count === 0 ? t('groups.none') : t('groups.some', { count }), t('groups.how')],
    actions: [
      ...model.groups.map(({ id, title, version }) =>
        danger(title === '' ? t('groups.stopUnnamed') : labelWith(t, 'groups.stop', title), 'team.stopGroup', {
          group: id,
          seen: String(version),
        }),
      ),
      ...pageButtons(t, model, 'team.groups'),
      teamButton(t),
    ],
    ...pageNote(t, model),
  };
}
