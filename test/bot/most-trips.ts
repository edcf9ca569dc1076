/** What a tap may ask of the store in all, with the note that its answer has left, which several taps share. */
export const MOST = 6;

/** Actions that ask more than that at most, and what for. */
export const MORE: Readonly<Record<string, { readonly most: number; readonly why: string }>> = Object.fromEntries(
  [
    {
      why: 'what it changes, its history, its numbers, the cards of others, and what its own card shows then',
      of: {
        'account.askPassword': 11,
        'account.changed': 9,
        'account.giveBack': 12,
        'account.giveTo': 12,
        'account.given': 11,
        'account.retire': 9,
        'account.save': 8,
        'account.takeBack': 13,
        'association.again': 9,
        'association.approve': 13,
        'association.join': 14,
        'association.refuse': 10,
        'association.reject': 9,
        'association.resend': 9,
        'association.takeBack': 9,
        'association.withdraw': 10,
        'group.bind': 10,
        'group.decline': 10,
        'group.hour': 10,
        'group.language': 10,
        'group.quiet': 10,
        'group.unbind': 11,
        'help.answer': 9,
        'help.send': 14,
        'inspection.giveBackSure': 13,
        'inspection.matches': 8,
        'language.choose': 12,
        'language.stay': 10,
        'language.switch': 12,
        'promotion.next': 13,
        'promotion.start': 14,
        'review.appeal': 12,
        'review.cancelModify': 15,
        'review.sendAppeal': 13,
        'review.withdraw': 15,
        'team.savePayRate': 11,
        'team.sendInvites': 15,
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
        'association.leaveSure': 47,
        'handOver.give': 24,
        'team.change': 42,
      },
    },
    {
      why: 'store, spots, codes, photos and lines, each where it lies, so that no other promotion has them',
      of: {
        'inspection.submit': 25,
        'promotion.submit': 60,
        'promotion.submitAnyway': 60,
        'review.resubmit': 41,
      },
    },
    {
      why: 'what was submitted, from where it lies, into a draft of its own',
      of: {
        'review.modify': 17,
        'review.modifyInstead': 22,
      },
    },
    {
      why: 'whether an ISO, a phone or a person is there already',
      of: {
        'association.send': 21,
      },
    },
    {
      why: 'the photos of what is in hand, and of whatever else they could be for',
      of: {
        'photos.aside': 20,
        'photos.choose': 32,
        'photos.list': 10,
        'photos.move': 20,
      },
    },
    {
      why: 'whether the shop is known, and what is known of it',
      of: {
        'promotion.answer': 12,
        'promotion.otherStore': 10,
        'promotion.sameStore': 10,
        'promotion.useStore': 9,
      },
    },
    {
      why: 'what it shows lies behind what is read first: of a draft, a task or an item its shop',
      of: {
        'account.list': 7,
        'account.mine': 7,
        'account.open': 8,
        'handOver.open': 8,
        'inspection.afterAll': 7,
        'inspection.answer': 8,
        'inspection.back': 7,
        'inspection.correct': 12,
        'inspection.goOn': 7,
        'inspection.good': 8,
        'inspection.onlyAlipay': 8,
        'inspection.open': 8,
        'inspection.part': 7,
        'inspection.tool': 8,
        'menu.open': 9,
        'photos.leave': 7,
        'promotion.addSpot': 8,
        'promotion.back': 8,
        'promotion.change': 7,
        'promotion.more': 7,
        'promotion.open': 7,
        'promotion.removeSpot': 10,
        'promotion.resume': 7,
        'promotion.skipSpot': 8,
        'promotion.typeCode': 8,
        'promotion.view': 9,
        'review.appealSay': 8,
        'review.appealWhy': 7,
        'review.former': 7,
        'review.history': 8,
        'review.mine': 10,
        'review.list': 8,
        'review.open': 10,
        'review.photos': 9,
        'review.shops': 8,
        'stock.open': 8,
        'team.allot': 26,
        'team.askChange': 7,
        'team.failed': 8,
        'team.failedItem': 7,
        'team.story': 12,
        'team.found': 10,
        'team.bookedOver': 8,
        'team.stock': 8,
        'team.invite': 7,
        'team.member': 8,
        'team.open': 7,
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
