import { basename } from 'node:path';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** What takes half a minute and more on a busy machine; the longest of all first. */
const LONG = [
  'first-minutes',
  'programme-applied',
  'crash',
  'erase-crash',
  'chaos',
  'full-disk',
  'whole-conversation',
  'process',
  'two-isos',
  'dead-connection',
  'late-pushes',
  'bad-inspections',
  'quick-entries',
  'page-use',
  'page-look',
  'card-parts',
  'page-comfort',
  'inspection',
  'on-mongodb',
  'orders-of-work',
  'primary-posms',
  'team',
  'forger',
  'hand-over-crash',
  'process-dies',
  'landing-crash',
  'removal-crash',
  'migrations-crash',
  'photo-crash',
  'products-of-files',
  'forged-taps',
  'hostile-taps',
  'growth',
  'late-photos',
  'move-photos',
  'test-account',
  'outages',
  'refused-calls',
  'programme-changes',
  'photo-process',
].map((name) => `${name}.test.ts`);

/** Conversations come last: their workers keep one bot warm for many files, as long as no other project comes between. */
const PROJECTS = ['unit', 'browser', 'invariants', 'scenarios'];

/** Whoever takes long begins early: begun last, it would keep one worker busy while the others have nothing left. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId, project }: TestSpecification): number => {
      const at = LONG.indexOf(basename(moduleId));
      return PROJECTS.indexOf(project.name) * (LONG.length + 1) + (at < 0 ? LONG.length : at);
    };
    // what is equal stays in the order of vitest: by how long it took the last time, or by size
    return (await super.sort(files)).toSorted((one, other) => place(one) - place(other));
  }
}
