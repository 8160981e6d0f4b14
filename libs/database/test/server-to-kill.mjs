// A server that a test kills: node server-to-kill.mjs <built embedded.database.js> <options as JSON>
const { startEmbedded } = await import(process.argv[2]);
const database = await startEmbedded({ ...JSON.parse(process.argv[3]), log: () => undefined });
process.stdout.write(`${JSON.stringify({ pid: database.pid(), uri: database.uri })}\n`);
setInterval(() => undefined, 1_000);
