import './node-version.mjs';

// `npm test`: everything that proves it, on a machine that has only Node and npm. Arguments go to vitest.
import('./run-tests.mjs').then(({ runTests }) => runTests(process.argv.slice(2)));
