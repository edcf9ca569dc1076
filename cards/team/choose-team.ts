import { plain } from '../buttons.ts';
import { shorten } from '../shorten.ts';
import type { T } from '../text.ts';
import type { CardView } from '../view.ts';

/** What stands for no supervisor among those who can be chosen: no userId has a space. */
export const NO_TEAM = 'no team';

export interface ChooseTeamModel {
  readonly userId: string;
  readonly name: string;
  readonly supervisors: readonly { readonly userId: string; readonly name: string }[];
  /** Whose team they are in now. */
  readonly supervisorId?: string | undefined;
}

/** In whose team somebody is. */
export function chooseTeam({ userId: person, name, supervisors, supervisorId }: ChooseTeamModel, t: T): CardView {
  const label = t('field.team.supervisor.label');
  return {
    title: t('chooseTeam.title', { name: shorten(name, 16) }),
    body: [t('chooseTeam.what')],
    form: {
      action: 'team.setTeam',
      step: 'team',
      submitLabel: t('button.save'),
      fields: [
        {
          name: 'supervisor',
          label,
          type: 'SELECT',
          required: true,
          requiredMessage: t('form.required', { label }),
          value: supervisorId ?? NO_TEAM,
          options: [
            ...supervisors.map((one) => ({ value: one.userId, text: shorten(one.name, 40) })),
            { value: NO_TEAM, text: t('chooseTeam.none') },
          ],
        },
      ],
    },
    actions: [plain(t('button.back'), 'team.member', { person })],
  };
}
