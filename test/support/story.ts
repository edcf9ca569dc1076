import { onTestFailed, test } from 'vitest';

type Tell = () => Promise<void> | void;

interface Step {
  readonly name: string;
  readonly tell: Tell;
  begun: boolean;
}

/**
 * For a file whose tests are one story, in which each goes on where the one before it ended, because living through all that
 * anew would take a minute for every sentence. Answers the `it` of such a file, which registers a step; `plot` says what goes on.
 *
 * When a step fails, those after it are skipped and name it. A step that is run alone (`-t`) first lives through the steps
 * before it. What stands alone in such a file is a `test`.
 */
export function story(plot: string): (name: string, tell: Tell) => void {
  const steps: Step[] = [];
  let brokenAt: string | undefined;

  return (name, tell) => {
    const before = [...steps];
    const step: Step = { name, tell, begun: false };
    steps.push(step);
    test(name, async ({ skip }) => {
      if (brokenAt !== undefined) skip(`${plot}: broken at “${brokenAt}”`);
      onTestFailed(() => {
        brokenAt = name;
      });
      for (const earlier of before) if (!earlier.begun) await catchUp(earlier);
      step.begun = true;
      await tell();
    });
  };
}

/** Lives through a step that the run left out. */
async function catchUp(step: Step): Promise<void> {
  step.begun = true;
  try {
    await step.tell();
  } catch (cause) {
    throw new Error(`a step before this one failed: “${step.name}”`, { cause });
  }
}
