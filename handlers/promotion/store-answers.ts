import { present } from '@field/kit/present';
import type { Spot } from '../../models/spots.ts';
import type { Store } from '../../models/stores.ts';
import type { FlowDefinition } from '../../src/flow/definition.ts';
import type { Answers, AnswerValue, Draft } from '../../src/flow/draft.ts';
import { byName, optionPaying } from '../../src/flow/roles.ts';

/** What was submitted last of a store, as the answers of a flow; each step that comes once has some, since the shop was submitted whole. */
export function storeAnswers(flow: FlowDefinition, store: Store): Draft['answers'] {
  const { nameLocal, address, city, acceptsOnlyAlipay, details } = store;
  const { more, tradingName, contactName, contactPhoneOrEmail } = details.merchant ?? {};
  const byMerchant = { tradingName, contactName, contact: contactPhoneOrEmail };
  return byStep(flow, {
    ...details.more,
    ...more,
    ...byName<AnswerValue>(
      { flow },
      present({
        storeName: nameLocal,
        storeAddress: address,
        storeCity: city,
        manager: details.managerName,
        consent: true,
        paysWith: optionPaying({ flow }, acceptsOnlyAlipay),
        ...byMerchant,
      }),
    ),
  });
}

/** What was submitted last of a spot and what stands there. */
export function spotAnswers(flow: FlowDefinition, spot: Spot): Answers {
  const { spotType, fixedSecurely, posmForm, quantity, more } = spot;
  return {
    ...more,
    ...byName<AnswerValue>({ flow }, present({ spotType, fixed: fixedSecurely, quantity, posmForm })),
  };
}

/** Answers by the steps that ask for them. */
function byStep({ steps }: FlowDefinition, answers: Answers): Draft['answers'] {
  return Object.fromEntries(
    steps
      .filter(({ repeats, fields }) => !repeats && fields.length > 0)
      .map(({ id, fields }) => {
        const asked = new Set(fields.map(({ name }) => name));
        return [id, Object.fromEntries(Object.entries(answers).filter(([name]) => asked.has(name)))];
      }),
  );
}
