import { readFileSync, writeFileSync } from 'node:fs';

// Loaded before the bot (`node --import`): what this machine's clock says is wrong by as many milliseconds as the file CHAOS_CLOCK
// says, from one moment to the next, as when an operator or NTP sets it. What has been taken over stands in a file beside it. Timers
// go on as they were, as they do on a machine whose clock is set.

const { CHAOS_CLOCK: file } = process.env;
const LOOK_EVERY_MS = 50;

// of `npm start` the sandbox is DingTalk, whose clock is right
if (file !== undefined && process.argv[1]?.endsWith('dist/src/main.js')) {
  const RealDate = Date;
  const realNow = Date.now.bind(Date);
  let wrongByMs = 0;
  RealDate.now = () => realNow() + wrongByMs;
  globalThis.Date = new Proxy(RealDate, {
    construct: (target, args) => (args.length === 0 ? new target(target.now()) : new target(...args)),
    apply: (target) => new target(target.now()).toString(),
  });
  const looks = () => {
    const wanted = wantedNow(file);
    if (wanted === wrongByMs) return;
    wrongByMs = wanted;
    writeFileSync(`${file}.taken`, `${wanted}`);
  };
  looks();
  setInterval(looks, LOOK_EVERY_MS).unref();
}

function wantedNow(path) {
  try {
    return Number(readFileSync(path, 'utf8')) || 0;
  } catch {
    return 0;
  }
}
