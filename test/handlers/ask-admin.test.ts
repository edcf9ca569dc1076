import { expect, it } from 'vitest';
import { useWorld } from '../support/in-process/use-world.ts';
import type { Person } from '../support/world/person.ts';
import { wordsOf } from '../support/world/words-of.ts';
import { lekBeforePayment } from './landed-task.ts';

const world = useWorld();
const HOUR_MS = 3_600_000;

async function asks(person: Person, question: string): Promise<void> {
  await person.says('help');
  await person.taps({ action: 'help.ask' });
  await person.fills({ 'Your question': question });
}

async function answers(admin: Person, answer: string): Promise<void> {
  await admin.taps({ action: 'help.toAnswer' });
  await admin.fills({ 'Your answer': answer });
}

const cardsAbout = async (person: Person, words: string): Promise<number> =>
  (await person.cards()).filter(({ text }) => text.includes(words)).length;

it('a question reaches the admin, with the shop in hand, and its answer comes back', async () => {
  const { lek } = await lekBeforePayment(world(), { acceptsOnlyAlipay: true });
  const admin = world().person('admin1');
  await asks(lek, 'May I use the second till?');
  await lek.sees(wordsOf('question.sent'));
  await admin.sees('Question from Lek', 'Som Tam House', 'May I use the second till?');
  await answers(admin, 'Yes, do.');
  await admin.sees(wordsOf('question.answered'));
  await lek.sees('Answer from', 'May I use the second till?', 'Yes, do.');
});

it('what is asked within an hour grows one card; later there is a new one', async () => {
  const { lek } = await lekBeforePayment(world(), { acceptsOnlyAlipay: true });
  const admin = world().person('admin1');
  for (const question of ['First?', 'Second?', 'Third?']) await asks(lek, question);
  await admin.sees('First?', 'Second?', 'Third?');
  expect(await cardsAbout(admin, 'Question from Lek')).toBe(1);
  await answers(admin, 'All three: yes.');
  await asks(lek, 'Fourth?');
  await admin.sees('All three: yes.', 'Fourth?', wordsOf('question.tag.open'));
  await world().advance(HOUR_MS);
  await asks(lek, 'Fifth?');
  await admin.sees('Fifth?');
  expect(await cardsAbout(admin, 'Question from Lek')).toBe(2);
});

it('what is asked while an admin writes is not answered by that', async () => {
  const { lek } = await lekBeforePayment(world(), { acceptsOnlyAlipay: true });
  const admin = world().person('admin1');
  await asks(lek, 'First?');
  await admin.taps({ action: 'help.toAnswer' });
  await asks(lek, 'Second?');
  await admin.fills({ 'Your answer': 'Yes to the first.' });
  await admin.sees('Second?', 'Yes to the first.', wordsOf('question.tag.open'));
});

it('the admin who answered first goes on; the others read the answer, and nobody answers themselves', async () => {
  const { lek } = await lekBeforePayment(world(), { acceptsOnlyAlipay: true });
  const other = await world().hires('pim', { role: 'ADMIN' });
  const admin = world().person('admin1');
  await asks(lek, 'First?');
  await other.taps({ action: 'help.toAnswer' });
  await answers(admin, 'Mine.');
  await other.sees('Question from Lek', 'Mine.', /Answered by Anong/);
  await other.fills({ 'Your answer': 'Too late.' });
  await other.sees(wordsOf('question.answeredMeanwhile'));
  expect(await cardsAbout(other, 'Too late.')).toBe(0);
  await asks(admin, 'And I?');
  await other.sees('Question from Anong', 'And I?');
  expect(await cardsAbout(admin, 'And I?')).toBe(0);
});

it('nobody fills a card: the eleventh is asked for later', async () => {
  const { lek } = await lekBeforePayment(world(), { acceptsOnlyAlipay: true });
  for (let n = 1; n <= 11; n += 1) await asks(lek, `Question ${n}?`);
  await lek.sees(/10 questions from you/);
  await world().person('admin1').sees('Question 10?');
  expect(await cardsAbout(world().person('admin1'), 'Question 11?')).toBe(0);
});

it('one who is the only admin has nobody to ask', async () => {
  const admin = world().person('admin1');
  await admin.says('help');
  await admin.sees(wordsOf('help.saved'));
  await expect(admin.taps({ action: 'help.ask' })).rejects.toThrow('sees no button');
});
