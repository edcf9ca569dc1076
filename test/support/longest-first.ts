import { basename } from 'node:path';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** What waits for most of its time, a minute and more, for what only time brings: beside the first that work. */
const WAITING = ['sftp', 'dead-connection'].map(file);

/**
 * What takes half a minute and more on a busy machine, of each project the longest first; of conversations what waits beside what
 * works.
 */
const LONG = [
  'first-minutes',
  'every-card',
  'join-page-looks',
  'scan-offline',
  'scan-page',
  'whole-conversation',
  'page-use',
  'card-parts',
  'process-dies',
  'reminders-crash',
  'chaos',
  'landing-crash',
  'crash',
  'forger',
  'hand-over-crash',
  'erase-crash',
  'removal-crash',
  'migrations-crash',
  'photo-crash',
  'whole-week',
  'bad-inspections',
  'full-disk',
  'orders-of-work',
  'programme-applied',
  'late-pushes',
  'products-of-files',
  'primary-steps-down',
  'team',
  'poor-network',
  'primary-posms',
  'scan-bad-luck',
  'daily-command',
  'building',
  'two-isos',
  'review-results',
  'on-mongodb',
  'setup',
  'bad-associations',
  'operating-page',
  'inspection',
  'copied-folder',
  'bad-remedies',
  'page-look',
  'quick-entries',
  'page-comfort',
  'growth',
  'forged-taps',
  'sending',
  'queries',
  'doctor',
  'late-photos',
  'from-version-0',
  'pushes',
  'move-photos',
  'association',
  'trips-of-all',
  'invitations',
  'remedies',
  'process',
  'test-account',
  'allot-by-photo',
  'todos',
  'photo-process',
  'hostile-taps',
  'switch-language',
  'programme-changes',
  'shortest-paths',
  'cards-over-programmes',
].map(file);

/** Conversations come last: their workers keep one bot warm for many files, as long as no other project comes between. */
const PROJECTS = ['unit', 'browser', 'invariants', 'scenarios'];

/** Whoever takes long begins early: begun last, it would keep one worker busy while the others have nothing left. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId, project }: TestSpecification): number => {
      const name = basename(moduleId);
      if (project.name === 'scenarios' && WAITING.includes(name)) return -1;
      const at = LONG.indexOf(name);
      return PROJECTS.indexOf(project.name) * (LONG.length + 1) + (at < 0 ? LONG.length : at);
    };
    // what is equal stays in the order of vitest: by how long it took the last time, or by size
    return (await super.sort(files)).toSorted((one, other) => place(one) - place(other));
  }
}

function file(name: string): string {
  return `${name}.test.ts`;
}
