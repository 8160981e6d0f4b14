import { fileURLToPath } from 'node:url';

/**
 * The built JavaScript of a child process's or worker thread's entry, given relative to the module that starts it
 * (`builtFile(import.meta.url, './engine.child.js')`). Node starts only built files, so a caller that runs from its
 * TypeScript source (a test) is led to the same file under `dist`.
 */
export function builtFile(callerUrl: string, relative: string): string {
  const wanted = fileURLToPath(new URL(relative, callerUrl));
  if (!callerUrl.endsWith('.ts')) return wanted;
  return wanted.replace(/^(.*)([\\/])(apps|libs)\2(?=.*\2src\2)/, '$1$2dist$2$3$2');
}
