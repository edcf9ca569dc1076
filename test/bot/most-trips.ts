/** What a tap may ask of the store in all, with the note that its answer has left, which several taps share. */
export const MOST = 6;

/** Actions that ask more than that at most, and what for. */
export const MORE: Readonly<Record<string, { readonly most: number; readonly why: string }>> = Object.fromEntries(
  [
    {
      why: 'what it changes, its history, its numbers, the cards of others, and what its own card shows then: a command each, with the first read, the commit and the note',
      of: {
        'account.askPassword': 11,
        'account.changed': 9,
        'account.giveBack': 12,
        'account.giveTo': 12,
        'account.given': 11,
        'account.retire': 9,
        'account.save': 8,
        'account.takeBack': 13,
        'association.again': 8,
        'association.approve': 12,
        'association.join': 14,
        'association.refuse': 10,
        'association.reject': 8,
        'association.resend': 8,
        'association.takeBack': 8,
        'association.withdraw': 10,
        'group.bind': 9,
        'group.decline': 10,
        'group.hour': 9,
        'group.language': 9,
        'group.quiet': 8,
        'group.unbind': 8,
        'help.answer': 8,
        'help.send': 12,
        'inspection.giveBackSure': 13,
        'inspection.matches': 7,
        'language.choose': 9,
        'language.stay': 9,
        'language.switch': 10,
        'promotion.next': 12,
        'promotion.start': 13,
        'review.appeal': 11,
        'review.cancelModify': 14,
        'review.sendAppeal': 13,
        'review.withdraw': 14,
        'team.savePayRate': 11,
        'team.sendInvites': 14,
        'team.sendList': 10,
        'team.setTeam': 11,
        'team.showFees': 9,
        'team.stopGroup': 8,
        'team.allotCodes': 14,
        'stock.move': 14,
        'team.takeList': 11,
      },
    },
    {
      why: 'everything that somebody has in hand, one after the other',
      of: {
        'association.leaveSure': 40,
        'handOver.give': 15,
        'team.change': 42,
      },
    },
    {
      why: 'store, spots, codes, photos and lines, each where it lies, so that no other promotion has them',
      of: {
        'inspection.submit': 22,
        'promotion.submit': 36,
        'promotion.submitAnyway': 36,
        'review.resubmit': 36,
      },
    },
    {
      why: 'what was submitted, from where it lies, into a draft of its own',
      of: {
        'review.modify': 14,
        'review.modifyInstead': 21,
      },
    },
    {
      why: 'whether an ISO, a phone or a person is there already',
      of: {
        'association.send': 18,
      },
    },
    {
      why: 'the photos of what is in hand, and of whatever else they could be for',
      of: {
        'photos.aside': 20,
        'photos.choose': 9,
        'photos.list': 7,
        'photos.move': 20,
      },
    },
    {
      why: 'whether the shop is known, and what is known of it',
      of: {
        'promotion.answer': 11,
        'promotion.otherStore': 10,
        'promotion.sameStore': 10,
        'promotion.useStore': 7,
      },
    },
    {
      why: 'what it shows lies behind what is read first: of a draft, a task or an item its shop',
      of: {
        'account.list': 7,
        'account.mine': 7,
        'account.open': 8,
        'inspection.afterAll': 7,
        'inspection.answer': 7,
        'inspection.back': 7,
        'inspection.correct': 12,
        'inspection.goOn': 7,
        'inspection.good': 7,
        'inspection.onlyAlipay': 7,
        'inspection.open': 7,
        'inspection.part': 7,
        'inspection.tool': 7,
        'menu.open': 7,
        'promotion.addSpot': 8,
        'promotion.back': 7,
        'promotion.change': 7,
        'promotion.open': 7,
        'promotion.removeSpot': 10,
        'promotion.skipSpot': 8,
        'promotion.typeCode': 7,
        'promotion.view': 7,
        'review.appealSay': 7,
        'review.history': 7,
        'review.mine': 9,
        'review.list': 7,
        'review.open': 9,
        'review.photos': 8,
        'review.shops': 7,
        'stock.open': 8,
        'team.allot': 26,
        'team.askChange': 7,
        'team.failed': 7,
        'team.story': 10,
        'team.found': 10,
        'team.bookedOver': 8,
        'team.stock': 8,
        'team.invite': 7,
        'team.member': 7,
        'team.payRate': 7,
      },
    },
  ].flatMap(({ why, of }) => Object.entries(of).map(([action, most]) => [action, { most, why }])),
);

const NOTE = 'update cards';
const BEGUN = 'aggregate cards*';

/**
 * What a tap asked in the try that came through: one that was begun without a transaction, and needed one, is begun anew. A card that is made for it, for whoever taps or for somebody else, is not counted, nor that
 * another is left behind: it takes three more, its delivery, itself, and whose working card it is.
 */
export function tripsOf(commands: readonly string[]): readonly string[] {
  const last = commands.slice(commands.lastIndexOf('abortTransaction*') + 1);
  const own = last.slice(Math.max(last.indexOf(BEGUN), 0));
  for (const made of own.filter((command) => command === 'insert cards*'))
    for (const part of [made, 'update outbox*', 'findAndModify peoples*']) remove(own, part);
  for (const moved of own.filter((command) => command === 'find outbox*'))
    for (const part of [moved, 'update cards*', 'findAndModify peoples*']) remove(own, part);
  return [...own, NOTE];
}

function remove(commands: string[], command: string): void {
  const at = commands.indexOf(command);
  if (at >= 0) commands.splice(at, 1);
}
