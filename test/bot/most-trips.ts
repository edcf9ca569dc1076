/** What a tap may ask of the store in all, with the note that its answer has left, which several taps share. */
export const MOST = 6;

/** Actions that ask more than that at most, and what for. */
export const MORE: Readonly<Record<string, { readonly most: number; readonly why: string }>> = Object.fromEntries(
  [
    {
      why: 'which ISO is named by what was typed, and then what is known of whoever asks there',
      of: {
        'association.join': 7,
        'association.move': 8,
        'association.send': 9,
      },
    },
    {
      why: 'everything that somebody has in hand, and then what goes along with it: as many for one thing as for a hundred',
      of: {
        'association.leaveSure': 8,
        'handOver.give': 9,
        'team.change': 8,
      },
    },
    {
      why: 'store, spots, codes, photos and lines, so that no other promotion has them, and then what hangs on those that are known',
      of: {
        'inspection.submit': 8,
        'promotion.submit': 9,
        'promotion.submitAnyway': 9,
        'review.resubmit': 10,
      },
    },
    {
      why: 'what was submitted, from where it lies, into a draft of its own',
      of: {
        'review.modify': 7,
        'review.modifyInstead': 8,
      },
    },
    {
      why: 'the photos of what is in hand, and of whatever else they could be for',
      of: {
        'photos.aside': 8,
        'photos.choose': 8,
        'photos.move': 10,
      },
    },
    {
      why: 'whether the shop is known, and what is known of it',
      of: {
        'promotion.answer': 7,
        'promotion.otherStore': 8,
      },
    },
    {
      why: 'the question that it is about, once it is known that there is one',
      of: {
        'help.send': 7,
      },
    },
    {
      why: 'what it shows lies behind what is read first: of a draft, a task or an item its shop',
      of: {
        'account.askPassword': 7,
        'association.resend': 7,
        'inspection.good': 7,
        'promotion.change': 7,
        'promotion.removeSpot': 8,
        'promotion.skipSpot': 7,
        'promotion.view': 7,
        'review.feeLine': 7,
        'review.feeList': 7,
        'review.fees': 7,
        'review.former': 7,
        'review.list': 7,
        'review.mine': 7,
        'review.open': 7,
        'review.withdraw': 7,
        'stock.move': 8,
        'stock.open': 8,
        'team.allot': 24,
        'team.allotCodes': 8,
        'team.bookedOver': 8,
        'team.failed': 7,
        'team.fileStory': 11,
        'team.find': 8,
        'team.sendInvites': 7,
        'team.stock': 8,
        'team.story': 8,
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
