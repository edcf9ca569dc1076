import { leave, open } from '../../src/inspection/parts.ts';
import { toolByRule } from '../../src/inspection/payment-rule.ts';
import { missingParts, placeOf } from '../../src/inspection/place.ts';
import { chooseTool, everythingMatches, sayOnlyAlipay, spotIsGood } from '../../src/inspection/say.ts';
import { good, type Work } from './shop.ts';

/** Does what the card of the present place asks for; `n` makes its photos new ones. */
export function obeyed(work: Work, n: number): void {
  const { inspection, assignment } = work;
  const place = placeOf(inspection, assignment);
  const photo = good(`obeyed ${n}`);
  switch (place.kind) {
    case 'store':
      work.sends(photo).does(everythingMatches);
      return;
    case 'differs':
      work.fills(place, { differs: ['NAME'], note: '' });
      return;
    case 'spot':
      work.sends(photo).does((now, task) => spotIsGood(now, task, place.spotRef));
      return;
    case 'problem':
      work.fills(place, { problems: ['MOVED'], note: '' });
      return;
    case 'cannot':
      work.fills(place, { cannot: 'NOT_FOUND', note: '' });
      return;
    case 'cannotPhoto':
    case 'paymentPhoto':
      work.sends(photo);
      return;
    case 'tool':
      work.does((now, task) => chooseTool(now, task, toolByRule(now, task)));
      return;
    case 'onlyAlipay':
      work.does((now, task) => sayOnlyAlipay(now, task, true));
      return;
    case 'payment':
      work.fills(place, { result: 'SUCCESS', amount: '1' });
      return;
    case 'change':
      work.does(leave);
      return;
    case 'summary': {
      const [missing] = missingParts(inspection, assignment);
      if (missing !== undefined) work.does((now) => open(now, missing));
    }
  }
}
