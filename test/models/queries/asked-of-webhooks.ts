import {
  countWebhooks,
  firstWaitingOf,
  forgetWebhooks,
  hurryWebhooks,
  itemsWithDueWebhooks,
  nextWebhookAt,
  replayWebhooksOf,
  replayWebhooksSince,
  takeWebhooksAskedFor,
  waitBehind,
  waitingWebhooks,
  webhooksInState,
  webhooksOfItem,
} from '../../../models/webhook-events.ts';
import { type AskedBy, LATER, LONG_AGO, NOW } from './asker.ts';

export const ASKED_OF_WEBHOOKS: AskedBy = {
  itemsWithDueWebhooks: () => itemsWithDueWebhooks(NOW, 20),
  nextWebhookAt: () => nextWebhookAt(LONG_AGO),
  firstWaitingOf: () => firstWaitingOf('item1'),
  waitBehind: () => waitBehind('item1', LATER),
  waitingWebhooks: () => waitingWebhooks(),
  webhooksOfItem: () => webhooksOfItem('item1'),
  webhooksInState: () => webhooksInState('SENT', { since: LONG_AGO, most: 20 }),
  countWebhooks: () => countWebhooks('SENT'),
  replayWebhooksOf: () => replayWebhooksOf('item1'),
  replayWebhooksSince: () => replayWebhooksSince(LONG_AGO, NOW),
  hurryWebhooks: () => hurryWebhooks(NOW),
  takeWebhooksAskedFor: () => takeWebhooksAskedFor(NOW),
  forgetWebhooks: () => forgetWebhooks('SENT', LONG_AGO, 20),
};
