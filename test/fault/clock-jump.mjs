// Preloaded into a service under test: at SIGUSR2 its clock jumps back an hour, as a machine's does when somebody sets it.
const HOUR_MS = 3_600_000;
const realNow = Date.now;
let shiftMs = 0;

Date.now = () => realNow() + shiftMs;
globalThis.Date = new Proxy(Date, {
  construct: (RealDate, given) => new RealDate(...(given.length > 0 ? given : [RealDate.now()])),
});

process.on('SIGUSR2', () => {
  shiftMs -= HOUR_MS;
  console.log('the clock has jumped');
});
