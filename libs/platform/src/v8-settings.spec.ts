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

  it('gives new objects 16 MB again when V8 has made their space small meanwhile', () => {
    const [grown, small, grownAgain] = newSpaceSizes();
    expect(grown).toBeGreaterThanOrEqual(16);
    expect(small).toBeLessThan(8);
    expect(grownAgain).toBeGreaterThanOrEqual(16);
  });
});

// In MB: after many objects were made, after a while without any, after many again.
function newSpaceSizes(): number[] {
  const program = `
    import { setTimeout as sleep } from 'node:timers/promises';
    import { getHeapSpaceStatistics } from 'node:v8';
    import { growNewSpace, setUpV8 } from '${SETTINGS}';
    const newSpaceMb = () => getHeapSpaceStatistics().find(({ space_name }) => space_name === 'new_space').space_size / 2 ** 20;
    async function makeMany() {
      for (let i = 0; i < 1000; i++) {
        Array.from({ length: 20_000 }, (_, n) => ({ n }));
        await new Promise(setImmediate);
      }
    }
    setUpV8();
    growNewSpace();
    const sizes = [];
    await makeMany();
    sizes.push(newSpaceMb());
    // V8 makes it small with a collection, once next to nothing was made for some seconds.
    for (let look = 0; look < 40 && newSpaceMb() > 8; look++) {
      await sleep(500);
      gc();
    }
    sizes.push(newSpaceMb());
    await sleep(300);
    await makeMany();
    sizes.push(newSpaceMb());
    console.log(JSON.stringify(sizes));`;
  return JSON.parse(run(['--expose-gc'], program)) as number[];
}

/** How V8 says that it compiled the hot function, in a process with these settings. */
function compiled(work: string): string[] {
  const program = `import { Worker } from 'node:worker_threads'; import { setUpV8 } from '${SETTINGS}'; setUpV8(); ${work}`;
  const traced = run(['--trace-opt'], program);
  return [...traced.matchAll(/^\[compiling method .*JSFunction hot .*ConcurrencyMode::(\w+)/gm)].map(
    ([, mode]) => mode!,
  );
}

function run(flags: readonly string[], program: string): string {
  return execFileSync(process.execPath, [...flags, '--input-type=module', '-e', program], { encoding: 'utf8' });
}
