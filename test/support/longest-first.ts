import { basename } from 'node:path';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** What takes a minute and more; the longest of all first. */
const LONG = [
  'first-minutes',
  'programme-applied',
  'whole-conversation',
  'quick-entries',
  'page-use',
  'on-mongodb',
  'full-disk',
  'bad-inspections',
  'inspection',
  'card-parts',
  'two-isos',
  'dead-connection',
  'forged-taps',
  'refused-calls',
  'hostile-taps',
  'growth',
].map((name) => `${name}.test.ts`);

/** Whoever takes long begins early: begun last, it would keep one worker busy while the others have nothing left. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification): number => {
      const at = LONG.indexOf(basename(moduleId));
      return at < 0 ? LONG.length : at;
    };
    // what is equal stays in the order of vitest: by how long it took the last time, or by size
    return (await super.sort(files)).toSorted((one, other) => place(one) - place(other));
  }
}
