// Exit code 0 when the process on this port says that it can do its work. `node docker/health-check.mjs [PORT]`
const port = process.argv[2] ?? process.env.PORT ?? '4000';
const answer = await fetch(`http://127.0.0.1:${port}/ready`).catch(() => undefined);
process.exitCode = answer?.ok ? 0 : 1;
