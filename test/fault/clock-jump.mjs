// Preloaded into a service under test: at SIGUSR2 its clock jumps back an hour, as a machine's does when somebody sets it.
const HOUR_MS = 3_600_000;
const RealDate = Date;
let shiftMs = 0;

globalThis.Date = class extends RealDate {
  constructor(...given) {
    if (given.length === 0) super(RealDate.now() + shiftMs);
    else super(...given);
  }
  static now() {
    return RealDate.now() + shiftMs;
  }
};

process.on('SIGUSR2', () => {
  shiftMs -= HOUR_MS;
  console.log('the clock has jumped');
});
