import { waitingAppeals } from '../../../handlers/review/late-appeals.ts';
import { allIsos } from '../../../models/isos.ts';
import { type CommandGroup, command } from '../command.ts';

const list = command({
  name: 'list',
  what: 'lists the appeals that wait for their answer, by when it is due, late ones marked',
  takes: {},
  options: {},
  run: (_, { onStore, now }) =>
    onStore(async () => {
      const waiting = [];
      for (const iso of await allIsos()) {
        for (const { appeal, answerBy } of await waitingAppeals(iso)) {
          const { appealId, itemRef, filedAt = 0 } = appeal;
          waiting.push({
            iso: iso.email,
            appealId,
            itemRef,
            sent: new Date(filedAt).toISOString(),
            answerBy: new Date(answerBy).toISOString(),
            late: answerBy <= now(),
          });
        }
      }
      return { appeals: waiting };
    }),
  say: ({ appeals: waiting }) =>
    waiting.length === 0
      ? 'No appeal waits for its answer.'
      : waiting
          .map(
            ({ iso, appealId, itemRef, sent, answerBy, late }) =>
              `${iso}  ${appealId}  about ${itemRef}, sent ${sent}, answer by ${answerBy}${late ? '  LATE' : ''}`,
          )
          .join('\n'),
});

export const appeals: CommandGroup = {
  name: 'appeals',
  what: 'appeals that wait for their answer',
  commands: [list],
};
