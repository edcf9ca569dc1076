// Ends with 0 while the bot of this machine is ready, else with 1: for the healthcheck of a container.
const port = process.env.PORT || '3001';
const answer = await fetch(`http://127.0.0.1:${port}/readyz`, { signal: AbortSignal.timeout(4_000) }).catch(
  () => undefined,
);
process.exitCode = answer?.ok ? 0 : 1;
