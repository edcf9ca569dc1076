// Ends with 0 while the bot of this machine is ready, else with 1: for the healthcheck of a container.
const { PORT, HOST } = process.env;
const host = !HOST || HOST === '0.0.0.0' ? '127.0.0.1' : HOST;
const answer = await fetch(`http://${host.includes(':') ? `[${host}]` : host}:${PORT || '3001'}/readyz`, {
  signal: AbortSignal.timeout(4_000),
}).catch(() => undefined);
process.exitCode = answer?.ok ? 0 : 1;
