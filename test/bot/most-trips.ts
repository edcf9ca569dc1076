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
      why: 'everything that somebody has in hand, and then what goes along with it, which is found by what they have: as many for one thing as for a hundred',
      of: {
        'association.leaveSure': 7,
        'association.move': 8,
        'team.change': 8,
      },
    },
    {
      why: 'whose it is, where all is ticked, or work of several people: else the form says what goes along',
      of: {
        'handOver.give': 7,
      },
    },
    {
      why: 'store, spots, codes, photos and lines, so that no other promotion has them, and then what hangs on those that are known: what else has the bytes of a photo is asked by what is stored of it',
      of: {
        'inspection.submit': 7,
        'promotion.submit': 8,
        'promotion.submitAnyway': 8,
        'review.resubmit': 8,
      },
    },
    {
      why: 'what somebody has begun of each kind, and then whose photos these are; of an item, whether it is being put right already',
      of: {
        'photos.choose': 8,
        'review.modify': 7,
      },
    },
    {
      why: 'whether the shop is known, and what is known of it',
      of: {
        'promotion.answer': 7,
        'promotion.otherStore': 7,
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
      why: 'what it shows lies behind what is read first: of a draft, a task or an item its shop',
      of: {
        'account.askPassword': 7,
        'association.resend': 7,
        'inspection.good': 7,
        'promotion.removeSpot': 7,
        'stock.move': 7,
        'team.allotCodes': 7,
        'team.sendInvites': 7,
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
