import { existsSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import config from '../../vitest.config.ts';

const { scripts }: { scripts: Record<string, string> } = JSON.parse(readFileSync('package.json', 'utf8'));
const workflow = readFileSync('.github/workflows/ci.yml', 'utf8');
const jobs = workflow.match(/^ +runs-on: /gm) ?? [];
const commands = [...workflow.matchAll(/^ +- run: (.+)$/gm)].map(([, command = '']) => command);
const words = commands
  .filter((command) => command.startsWith('npm '))
  .flatMap((command) => command.split(' ').slice(1));
const after = (flag: string): string[] => words.filter((_, index) => words[index - 1] === flag);

it('every job installs, and every script that a job runs is there', () => {
  expect(jobs.length).toBeGreaterThan(0);
  expect(words.filter((word) => word === 'ci')).toHaveLength(jobs.length);
  expect(after('run').length).toBeGreaterThan(0);
  expect(after('run').filter((name) => !(name in scripts))).toEqual([]);
});

it('together the jobs run every project of the tests, by its name', () => {
  const projects = config.test?.projects?.map((project) =>
    typeof project === 'object' && 'test' in project ? project.test?.name : undefined,
  );
  expect([...new Set(after('--project'))].sort()).toEqual([...(projects ?? [])].sort());
});

it('every path that a job names is there', () => {
  const paths = words.filter((word) => /^(test|packages)\//.test(word));
  expect(paths.length).toBeGreaterThan(0);
  expect(paths.filter((path) => !existsSync(path))).toEqual([]);
});
