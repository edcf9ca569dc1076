import { expect, it } from 'vitest';
import { breachesOf } from './breaches.ts';
import { cyclesOf, folderPairsOf, parseSource, readSourceTree } from './source-tree.ts';

const tree = readSourceTree();

it('every file keeps to its layer, its length, and what it may read', () => {
  expect(tree.length).toBeGreaterThan(10);
  expect(tree.flatMap(breachesOf)).toEqual([]);
});

it('no files import each other in a circle', () => {
  expect(cyclesOf(tree)).toEqual([]);
});

it('no two folders point at each other', () => {
  expect(folderPairsOf(tree)).toEqual([]);
});

it('two folders that do are found, by packages too', () => {
  const files = [
    parseSource('src/bot/a.ts', `import { b } from '../delivery/b.ts';`),
    parseSource('src/delivery/c.ts', `import type { A } from '../bot/a.ts';`),
    parseSource('packages/demo/src/x.ts', `import { y } from '@field/kit/y';`),
    parseSource('packages/kit/src/y.ts', `import { x } from '@field/demo/x';`),
  ];
  expect(folderPairsOf(files).map((pair) => pair.split(':')[0])).toEqual([
    'src/bot ↔ src/delivery',
    'packages/demo/src ↔ packages/kit/src',
  ]);
});

it.each([
  ['src/domain/spot.ts', `import { AppError } from '@field/kit/errors';`],
  ['src/domain/spot.ts', `import { z } from 'zod';`],
  ['src/domain/spot.ts', `import { readFile } from 'node:fs/promises';`],
  ['src/flow/engine.ts', `import type { Spot } from '../../models/spots.ts';`],
  ['cards/store.ts', `import { find } from '../models/stores.ts';`],
  ['cards/store.ts', `import { connect } from 'node:net';`],
  ['models/stores.ts', `import { route } from '../src/bot/router.ts';`],
  ['handlers/menu/open.ts', `import { send } from '../../src/dingtalk/client.ts';`],
  ['handlers/menu/open.ts', `import mongoose from 'mongoose';`],
  ['handlers/menu/open.ts', `export { world } from '@field/dingtalk-sandbox/world/world';`],
  ['src/bot/lanes.ts', `const { MongoClient } = await import('mongodb');`],
  ['src/delivery/worker.ts', `import { Config } from '@alicloud/openapi-client';`],
  ['src/dingtalk/client.ts', `import { inbox } from '../../models/inbox.ts';`],
  ['src/main.ts', `import { startDemo } from '@field/demo';`],
  ['src/main.ts', `import { review } from '../packages/demo/src/reviewer/review.ts';`],
  ['packages/dingtalk-sandbox/src/world.ts', `type Card = import('../../../models/cards.ts').Card;`],
  ['packages/dingtalk-sandbox/src/page/app.tsx', `import { world } from '../world.ts';`],
  ['packages/demo/src/reviewer/review.ts', `import { reviews } from '../../../../models/reviews.ts';`],
  ['packages/embedded-store/src/server.ts', `import { stores } from '../../../models/stores.ts';`],
  ['lib/other.ts', ''],
  ['src/domain/spot.ts', 'export const a = 1;\n'.repeat(401)],
  ['src/bot/lanes.ts', 'const home = process.env.HOME;'],
  ['src/bot/lanes.ts', 'const { HOME } = process.env;'],
  ['src/bot/lanes.ts', 'const now = Date.now();'],
  ['models/stores.ts', 'const now = new Date();'],
  ['cards/store.ts', 'const chance = Math.random();'],
])('the rule bites: %s, %#', (path, text) => {
  expect(breachesOf(parseSource(path, text))).toHaveLength(1);
});

it('a circle is found through any number of files, by types too', () => {
  const files = [
    parseSource('src/bot/a.ts', `import { b } from './b.ts';`),
    parseSource('src/bot/b.ts', `import type { C } from './c.ts';`),
    parseSource('src/bot/c.ts', `export * from './a.ts';`),
    parseSource('src/bot/d.ts', `import { a } from './a.ts';`),
  ];
  expect(cyclesOf(files)).toEqual([['src/bot/a.ts', 'src/bot/b.ts', 'src/bot/c.ts', 'src/bot/a.ts']]);
});
