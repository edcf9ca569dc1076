import './node-version.mjs';

// `node scripts/start.mjs` runs everything; `node scripts/start.mjs bot` (or another part) runs that part alone.
// Imported late, so that an old Node gets its one line before it meets syntax it does not know.
import('./launch.mjs').then(({ launch }) => launch(process.argv[2] ?? 'everything', process.argv.slice(3)));
