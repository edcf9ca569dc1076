import type { MemberChange } from '../../src/domain/member-change.ts';
import { danger, plain } from '../buttons.ts';
import { shorten } from '../shorten.ts';
import { status } from '../status.ts';
import type { T } from '../text.ts';
import type { CardView } from '../view.ts';
import { CHANGE_BUTTONS, type MemberModel } from './member.ts';
import { personState } from './people.ts';

export interface MemberMoreModel extends Pick<MemberModel, 'userId' | 'name' | 'role' | 'state'> {
  /** What makes sense for them as they are. */
  readonly changes: readonly MemberChange[];
  /** Whether there is a team that they could be in. */
  readonly team: boolean;
}

/** *More…* of somebody of the team: each is asked once more. */
export function memberMore(model: MemberMoreModel, t: T): CardView {
  const { userId: person, name, changes, team } = model;
  return {
    title: shorten(name, 30),
    tag: status(personState(model, t)),
    actions: [
      ...(team ? [plain(t('button.chooseTeam'), 'team.chooseTeam', { person })] : []),
      plain(t('button.whatHappened'), 'team.personStory', { person }),
      ...changes.map((change) => {
        const params = { person, change };
        return (change === 'remove' ? danger : plain)(t(CHANGE_BUTTONS[change]), 'team.askChange', params);
      }),
      plain(t('button.back'), 'team.member', { person }),
    ],
  };
}
