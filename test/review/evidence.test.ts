import { beforeEach, describe, expect, it } from 'vitest';
import { translator } from '../../cards/text.ts';
import { render } from '../../cards/views.ts';
import { loadAppeal } from '../../handlers/review/load-appeal.ts';
import { loadItem } from '../../handlers/review/load-item.ts';
import { changeAppeal, latestAppealOf } from '../../models/appeals.ts';
import { findPerson } from '../../models/people.ts';
import { useProgrammes } from '../../models/programme-in-use.ts';
import { inTransaction } from '../../models/transaction.ts';
import { useModels } from '../models/store.ts';
import {
  programmeOf,
  programmesOf,
  SHIPPED_PROGRAMMES,
  SHIPPED_WORDS,
  shippedProgramme,
  withChange,
} from '../support/shipped-programme.ts';
import { decide, hire, NOW, submitShop } from '../support/shop-under-review.ts';
import { onItem, tap } from './thumb.ts';

const [GOOD, BAD] = ['closeup.jpg', 'context.jpg'];
const WITH_EXAMPLES = programmeOf(
  withChange(
    'programme.yaml',
    'SPOT_NOT_FIXED: { scope: spot,',
    `SPOT_NOT_FIXED: { examples: { good: ${GOOD}, bad: ${BAD} }, scope: spot,`,
  ),
);

async function shown(
  load: (viewer: NonNullable<Awaited<ReturnType<typeof findPerson>>>) => ReturnType<typeof loadItem>,
) {
  const nok = await findPerson('nok');
  if (nok === undefined) throw new Error('nobody is nok');
  const { name, model } = await load(nok);
  return render(name, model as never, translator('en', SHIPPED_WORDS));
}

describe('what a reason says of photos', () => {
  useModels(process.env.REALDB_URI);
  beforeEach(() => useProgrammes(programmesOf(shippedProgramme(), WITH_EXAMPLES)));

  it('stands on the card of what failed under its version, as a good and a bad example', async () => {
    await hire('nok');
    useProgrammes(programmesOf(WITH_EXAMPLES));
    await submitShop('nok', 'loose', { spots: 1 });
    await decide('loose-1', 'REJECTED', { reasons: ['SPOT_NOT_FIXED'] });
    // another is applied, and taken back
    for (const after of [[shippedProgramme()], [shippedProgramme(), WITH_EXAMPLES]]) {
      useProgrammes(programmesOf(WITH_EXAMPLES, ...after));
      const { images = [], body = [] } = await shown((viewer) => loadItem('loose-1', viewer, NOW));
      expect(
        images.flatMap((image) =>
          image.kind === 'example' ? [image.name] : image.kind === 'sheet' ? [image.example] : [],
        ),
      ).toEqual(['closeup', 'context']);
      expect(body.at(-1)).toContain('2 a good example, a bad example');
    }
    useProgrammes(SHIPPED_PROGRAMMES);
  });

  it('is asked for in an appeal, photo by photo', async () => {
    await hire('nok');
    await submitShop('nok', 'covered', { spots: 1 });
    await decide('covered-1', 'REJECTED', { reasons: ['SPOT_ALREADY_COVERED'] });
    await tap('review.appeal', await onItem('covered-1'));
    const begun = await latestAppealOf('covered-1');
    if (begun === undefined) throw new Error('no appeal was begun');
    await inTransaction((tx) => changeAppeal(begun, { statement: 'It was there before' }, tx));
    const card = { subject: { kind: 'appeal', id: begun.appealId } } as Parameters<typeof loadAppeal>[0];
    const { body = [] } = await shown((viewer) => loadAppeal(card, viewer, NOW));
    expect(body.at(-1)).toBe('Photos that help: Wide photo, Close-up.');
  });
});
