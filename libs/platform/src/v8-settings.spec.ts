import { execFileSync } from 'node:child_process';

const SETTINGS = new URL('../../../dist/libs/platform/src/v8-settings.js', import.meta.url).href;
// Called often enough to be compiled.
const HOT =
  'const hot = (n) => { let sum = 0; for (let i = 0; i < n; i++) sum += i ^ 3; return sum; }; for (let i = 0; i < 1e5; i++) hot(50);';

describe('what is set of V8', () => {
  it('has worker threads compile by themselves, so that none ends while V8 compiles for it elsewhere', () => {
    const howIn = compiled(`new Worker(${JSON.stringify(HOT)}, { eval: true });`);
    expect(howIn).toContain('kSynchronous');
    expect(howIn).not.toContain('kConcurrent');
  });

  it('has the functions of the main thread compiled beside it', () => {
    expect(compiled(HOT)).toContain('kConcurrent');
  });
});

/** How V8 says that it compiled the hot function, in a process with these settings. */
function compiled(work: string): string[] {
  const program = `import { Worker } from 'node:worker_threads'; import { setUpV8 } from '${SETTINGS}'; setUpV8(); ${work}`;
  const traced = execFileSync(process.execPath, ['--trace-opt', '--input-type=module', '-e', program], {
    encoding: 'utf8',
  });
  return [...traced.matchAll(/^\[compiling method .*JSFunction hot .*ConcurrencyMode::(\w+)/gm)].map(
    ([, mode]) => mode!,
  );
}
