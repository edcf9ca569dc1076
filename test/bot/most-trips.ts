/** What a tap may ask of the store in all, with the note that its answer has left, which several taps share. */
export const MOST = 6;

/** Actions that ask more than that at most, and what for. */
export const MORE: Readonly<Record<string, { readonly most: number; readonly why: string }>> = Object.fromEntries(
  [
    {
      why: 'what it has to know before it changes anything, beside the first read: whether somebody else has it, who is to be told, what else is open',
      of: {
        'account.askPassword': 10,
        'account.giveTo': 11,
        'account.given': 7,
        'account.takeBack': 10,
        'association.again': 7,
        'association.join': 11,
        'association.refuse': 8,
        'account.giveBack': 7,
        'group.hour': 7,
        'group.language': 7,
        'group.quiet': 7,
        'group.unbind': 7,
        'group.bind': 7,
        'group.decline': 7,
        'help.send': 7,
        'inspection.giveBackSure': 7,
        'promotion.next': 7,
        'promotion.start': 8,
        'review.cancelModify': 8,
        'review.sendAppeal': 8,
        'review.withdraw': 8,
        'stock.move': 10,
        'team.allotCodes': 10,
        'team.found': 7,
        'team.savePayRate': 8,
        'team.sendInvites': 9,
        'team.sendList': 8,
        'team.setTeam': 8,
        'team.showFees': 7,
      },
    },
    {
      why: 'everything that somebody has in hand, one after the other',
      of: {
        'association.leaveSure': 48,
        'handOver.give': 12,
        'team.change': 36,
      },
    },
    {
      why: 'store, spots, codes, photos and lines, each where it lies, so that no other promotion has them',
      of: {
        'inspection.submit': 16,
        'promotion.submit': 20,
        'promotion.submitAnyway': 20,
        'review.resubmit': 24,
      },
    },
    {
      why: 'what was submitted, from where it lies, into a draft of its own',
      of: {
        'review.modify': 8,
        'review.modifyInstead': 12,
      },
    },
    {
      why: 'whether an ISO, a phone or a person is there already',
      of: {
        'association.send': 15,
      },
    },
    {
      why: 'the photos of what is in hand, and of whatever else they could be for',
      of: {
        'photos.aside': 17,
        'photos.choose': 10,
        'photos.move': 17,
      },
    },
    {
      why: 'whether the shop is known, and what is known of it',
      of: {
        'promotion.answer': 10,
        'promotion.otherStore': 9,
        'promotion.sameStore': 9,
      },
    },
    {
      why: 'what it shows lies behind what is read first: of a draft, a task or an item its shop',
      of: {
        'inspection.correct': 9,
        'inspection.good': 7,
        'promotion.addSpot': 7,
        'promotion.change': 7,
        'promotion.open': 7,
        'promotion.removeSpot': 9,
        'promotion.skipSpot': 7,
        'promotion.view': 7,
        'review.former': 7,
        'review.list': 7,
        'review.mine': 8,
        'review.open': 8,
        'stock.open': 8,
        'team.allot': 24,
        'team.askChange': 7,
        'team.bookedOver': 8,
        'team.failed': 7,
        'team.open': 7,
        'team.payRate': 7,
        'team.stock': 8,
        'team.story': 9,
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
