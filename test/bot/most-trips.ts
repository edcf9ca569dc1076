/** What a tap may ask of the store in all, with the note that its answer has left, which several taps share. */
export const MOST = 6;

/** Actions that ask more than that at most, and what for. */
export const MORE: Readonly<Record<string, { readonly most: number; readonly why: string }>> = Object.fromEntries(
  [
    {
      why: 'which ISO is named by what was typed, and then whom it has; below a card that is on its way, whether that has left',
      of: {
        'association.send': 8,
      },
    },
    {
      why: 'whose it is, where all is ticked, or work of several people: else the form says what goes along',
      of: {
        'handOver.give': 7,
      },
    },
    {
      why: 'photos, and then what was submitted with those that they look like, and where the others of the work were taken; its record shows the shop',
      of: {
        'inspection.submit': 7,
      },
    },
    {
      why: 'where the next batch begins is found from the one before, so that no list of codes is read: twenty batches at most',
      of: {
        'team.allot': 24,
      },
    },
    {
      why: 'what the file changed, whose that is, and who of them has left the ISO',
      of: {
        'team.fileStory': 7,
      },
    },
    {
      why: 'what it shows lies behind what is read first, or is asked of what it names: who has codes, which number was invited anew',
      of: {
        'stock.move': 7,
        'team.allotCodes': 7,
        'team.sendAgain': 7,
      },
    },
  ].flatMap(({ why, of }) => Object.entries(of).map(([action, most]) => [action, { most, why }])),
);

const NOTE = 'update cards';
const BEGUN = 'aggregate cards*';

/** What a tap asked in the try that came through: one that was begun without a transaction, and needed one, is begun anew. */
export function tripsOf(commands: readonly string[]): readonly string[] {
  const last = commands.slice(commands.lastIndexOf('abortTransaction*') + 1);
  return [...last.slice(Math.max(last.indexOf(BEGUN), 0)), NOTE];
}
