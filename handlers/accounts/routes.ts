import type { Router } from '../../src/bot/router.ts';
import { addAccount, openAccountForm } from './add-account.ts';
import { giveAccountBack, passwordChanged, passwordGiven, retireAccount, takeAccountBack } from './change-account.ts';
import { giveToAsker, giveToPerson } from './give-account.ts';
import {
  askForPassword,
  askSure,
  chooseAccount,
  chooseHolder,
  openAccount,
  openAccounts,
  openAsk,
  openOwnAccount,
} from './open.ts';
import { remindOfAsk } from './remind-of-ask.ts';
import { ACCOUNT_OF_ISO, OPEN_ASK, OWN_ACCOUNT } from './subjects.ts';

/** Test accounts: what an admin does with those of the ISO, and whoever has one with theirs. */
export function routeAccounts(router: Router): Router {
  return router
    .tap('account.list', 'supervisor', openAccounts)
    .tap('account.open', 'admin', openAccount)
    .tap('account.ask', 'admin', openAsk)
    .tap('account.add', 'admin', openAccountForm)
    .tap('account.save', 'admin', addAccount)
    .answer('account.choose', 'admin', OPEN_ASK, chooseAccount)
    .command('account.give', 'admin', OPEN_ASK, giveToAsker)
    .command('account.given', 'admin', OPEN_ASK, passwordGiven)
    .answer('account.whom', 'admin', ACCOUNT_OF_ISO, chooseHolder)
    .command('account.giveTo', 'admin', ACCOUNT_OF_ISO, giveToPerson)
    .command('account.changed', 'admin', ACCOUNT_OF_ISO, passwordChanged)
    .tap('account.sure', 'staff', askSure)
    .command('account.takeBack', 'admin', ACCOUNT_OF_ISO, takeAccountBack)
    .command('account.retire', 'admin', ACCOUNT_OF_ISO, retireAccount)
    .tap('account.mine', 'staff', openOwnAccount)
    .answer('account.askPassword', 'staff', OWN_ACCOUNT, askForPassword)
    .command('account.giveBack', 'staff', OWN_ACCOUNT, giveAccountBack)
    .event('account.waits', remindOfAsk);
}
