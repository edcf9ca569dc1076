import { describe, expect, test } from 'vitest';
import { Scope } from '../../src/template/scope.ts';

const computed = (content: string, data = {}, local = {}) =>
  new Scope({
    template: { locals: [{ name: 'here', type: 'string' }], expressions: [{ name: 'x', content }] },
    data,
    local,
  }).value('x');

describe('an expression variable', () => {
  test.each([
    ["state == 'disabled'", { state: 'disabled' }, true],
    ['submitted ? "Sent" : "Send"', { submitted: true }, 'Sent'],
    ['submitted ? "Sent" : "Send"', { submitted: 'false' }, 'Send'],
    ['a && !b || c', { a: true, b: true, c: 'yes' }, 'yes'],
    ['done / total * 100', { done: 1, total: 4 }, 25],
    ['-2 + 3 % 2 - 1', {}, -2],
    ['count >= 3 ? "many" : count > 1 ? "some" : "one"', { count: 2 }, 'some'],
    ['"n" + 1', {}, 'n1'],
    ['arrayJoin(shop.tags, ", ")', { shop: { tags: ['A', 'B'] } }, 'A, B'],
    ['arrayGet(["red", "blue"], 3 % 2)', {}, 'blue'],
    ['list[1].name', { list: [{ name: 'a' }, { name: 'b' }] }, 'b'],
    ['list[at].name', { list: [{ name: 'a' }, { name: 'b' }], at: 0 }, 'a'],
    ['concat("https://x.example/?id=", id)', { id: 7 }, 'https://x.example/?id=7'],
    ["toStr('it\\'s')", {}, "it's"],
    ['len(words)', { words: ['a', 'b'] }, 2],
    ['missing.deep', {}, undefined],
  ])('%s of %o is %o', (content, data, value) => {
    expect(computed(content, data)).toEqual(value);
  });

  test('takes what the client holds, and follows what it finds', () => {
    expect(computed('here ? here : kept', { kept: 'old' })).toBe('old');
    expect(computed('here ? here : kept', { kept: 'old' }, { here: 'new' })).toBe('new');
  });

  test('knows the item that it stands in', () => {
    const template = {
      locals: [],
      expressions: [{ name: 'x', content: 'concat(subdataIndex() + 1, ". ", subdata("n"))' }],
    };
    const scope = new Scope({ template, data: {} }).within('list', { n: 'B' }, 1);
    expect(scope.value('x')).toBe('2. B');
  });

  test.each([
    ['sparkle(a)', '[expression x: sparkle() is not played here]'],
    ['a ? b', '[expression x: “:” is missing]'],
    ['a #', '[expression x: “ #” is not read here]'],
    ['a b', '[expression x: “b” is one too many]'],
    ['', '[expression x: it ends too early]'],
    ['x + 1', '[expression x: it names itself]1'],
  ])('that cannot be computed says why where it would stand: %s', (content, said) => {
    expect(String(computed(content))).toContain(said.slice(0, 30));
  });
});
