import { describe, expect, it } from 'vitest';
import type { Action } from '../../cards/actions.ts';
import { translator } from '../../cards/text.ts';
import { productName } from '../../cards/vocabulary.ts';
import { widthOf } from '../../cards/width.ts';
import { LANGUAGES } from '../../src/domain/languages.ts';
import { SHIPPED_FLOWS, SHIPPED_WORDS } from '../support/shipped-programme.ts';

import { expectOfEveryFace } from './drawn.ts';

/** Cards that may have more buttons or lines: lists, what is still to do, and the seven lines of the policy. */
const LISTS = new Set([
  'menu',
  'language',
  'help',
  'group',
  'association.join',
  'association.invitations',
  'promotion.change',
  'promotion.twoCodes',
  'team',
  'team.requests',
  'team.people',
  'team.more',
  'team.promotionData',
  'team.stock',
  'team.memberMore',
  'team.tasks',
  'team.failed',
  'team.found',
  'team.files',
  'team.fileStory',
  'review.fees',
  'review.feeList',
  'team.fees',
  'team.feeLines',
  'team.staffFees',
  'team.groups',
  'review.mine',
  'review.times',
  'review.list',
  'review.shops',
  'review.shop',
  'review.visits',
  'review.day',
  'review.reminder',
  'account.list',
  'inspection.home',
  'inspection.tasks',
  'inspection.change',
  'photos.list',
  'photos.move',
]);
/** Where everything is checked before it is sent, or was sent, `See photos` stands beside the three. */
const CHECKED = new Set([
  'promotion.summary',
  'promotion.resubmit',
  'inspection.summary',
  'review.appeal',
  'review.item',
]);
/** A row of a list is a button. */
const ROWS = new Set<Action>(['inspection.open', 'photos.choose', 'photos.move']);
/** The seven lines of the policy, and where all of it stands; the numbers of a team (wording rule 3). */
const MOST_LINES = new Map([
  ['promotion.policy', 8],
  ['team', 5],
]);
/** They stand below what a card is about. */
const BESIDE = new Set<Action>(['menu.open', 'team.people', 'language.choose']);
const LONG_LABELS = new Set([
  ...LANGUAGES.flatMap((language) =>
    SHIPPED_FLOWS.map(({ product }) => productName(translator(language, SHIPPED_WORDS), product)),
  ),
  // a shop that is known, by its name and address
  'Baan Coffee, Silom Rd 12',
  'Baan Coffee、Silom Rd 12',
]);

/** The room that a reader sees taken: of a link by its words. */
function seen(text: string): number {
  return widthOf(text.replaceAll('**', '').replace(/\[(.*?)\]\(.*?\)/g, '$1'));
}

describe('a card', () => {
  it('has a title as wide as 30 Latin letters at most', () => {
    expectOfEveryFace(({ view }) => expect(seen(view.title)).toBeLessThanOrEqual(30));
  });

  it('says one thought a line, as wide as 60 Latin letters at most', () => {
    expectOfEveryFace(({ view }) => {
      for (const line of view.body ?? []) expect(seen(line), line).toBeLessThanOrEqual(60);
    });
  });

  it('has no more lines than can be read at a glance', () => {
    expectOfEveryFace(({ name, view }) =>
      expect(view.body?.length ?? 0).toBeLessThanOrEqual(MOST_LINES.get(name) ?? 4),
    );
  });

  it('has up to three buttons besides Menu, languages and the list it stands in, four before something is sent, ten on a list', () => {
    expectOfEveryFace(({ name, view }) => {
      const buttons = view.actions.filter(({ action }) => !BESIDE.has(action));
      expect(buttons.length).toBeLessThanOrEqual(LISTS.has(name) ? 10 : CHECKED.has(name) ? 4 : 3);
    });
  });

  it('has up to seven buttons where staff choose what to do', () => {
    expectOfEveryFace(({ name, view }) => {
      if (name !== 'menu' || view.actions.some(({ action }) => action === 'team.open')) return;
      expect(view.actions.length).toBeLessThanOrEqual(7);
    });
  });

  it('has buttons as wide as 20 Latin letters at most', () => {
    expectOfEveryFace(({ view }) => {
      for (const { label, action } of view.actions) {
        const most = ROWS.has(action) ? 40 : 20;
        if (!LONG_LABELS.has(label)) expect(seen(label), label).toBeLessThanOrEqual(most);
      }
    });
  });

  it('has no button twice', () => {
    expectOfEveryFace(({ view }) => {
      const same = view.actions.map(({ action, params }) => JSON.stringify([action, params]));
      expect(new Set(same).size).toBe(same.length);
    });
  });

  it('has the blue button first', () => {
    expectOfEveryFace(({ view }) =>
      expect(view.actions.slice(1).filter(({ style }) => style === 'primary')).toEqual([]),
    );
  });

  it('has no second blue button beside that of its form', () => {
    expectOfEveryFace(({ view }) => {
      if (view.form !== undefined) expect(view.actions.filter(({ style }) => style === 'primary')).toEqual([]);
    });
  });

  it('asks for up to seven things', () => {
    expectOfEveryFace(({ view }) => expect(view.form?.fields.length ?? 0).toBeLessThanOrEqual(7));
  });

  it('names shop or product and progress when it belongs to a job', () => {
    // `unpaid` is for admins
    const outside = ['intro', 'noSites', 'held', 'policy', 'submitted', 'unpaid'].map((view) => `promotion.${view}`);
    const besideTask = ['home', 'tasks', 'giveBack', 'submitted', 'gone', 'findings'].map(
      (view) => `inspection.${view}`,
    );
    expectOfEveryFace(({ name, view }) => {
      if ([...outside, ...besideTask].includes(name)) return;
      if (name.startsWith('inspection.')) expect(view.progress?.text).toMatch(/(Som Tam House|Baan Coffee).*\d.*[25]/);
      if (!name.startsWith('promotion.')) return;
      expect(view.progress?.text).toMatch(/Baan Coffee|Alipay\+/);
      const modified = view.actions.some(({ action }) => action === 'review.cancelModify');
      expect(`${view.title} ${view.progress?.text}`).toMatch(modified ? /Baan|Door|门|ประตู/ : /\d.*[45]/);
    });
  });
});
