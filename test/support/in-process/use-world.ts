import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { forgetEverything } from '../../../models/database.ts';
import { useModels } from '../../models/store.ts';
import { type OpenWorld, openWorld } from './open-world.ts';
import type { InProcessWorld } from './world.ts';

/**
 * Answers the world of the running test: each has its own, with the demo's ISOs and nothing else; `env` are settings beside its own. One
 * store serves a file: the embedded one, or that of `uri`; `watched`: see `hearCommands`.
 */
export function useWorld(
  env: Readonly<Record<string, string>> = {},
  { uri, watched = false }: { readonly uri?: string | undefined; readonly watched?: boolean } = {},
): () => InProcessWorld {
  const { onDisk } = useModels(uri, { watched });
  let open: OpenWorld | undefined;

  beforeEach(async () => {
    open = await openWorld(onDisk, env);
  });
  afterEach(async () => {
    await open?.close();
    await forgetEverything();
    open = undefined;
  });

  return () => {
    if (open === undefined) throw new Error('There is a world only while a test runs');
    return open.world;
  };
}

/** Answers the one world of all tests of a file: for tests that read what the first of them has lived through. */
export function useOneWorld(): () => InProcessWorld {
  const { onDisk } = useModels(undefined);
  let open: OpenWorld | undefined;

  beforeAll(async () => {
    open = await openWorld(onDisk);
  });
  afterAll(() => open?.close());

  return () => {
    if (open === undefined) throw new Error('The world begins before the first test');
    return open.world;
  };
}
