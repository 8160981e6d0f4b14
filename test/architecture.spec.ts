// The shape of the house, as ARCHITECTURE.md describes it: this test reads its table of imports from that page.
import { readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join, relative } from 'node:path';
import ts from 'typescript';

const root = join(import.meta.dirname, '..');

interface SourceFile {
  readonly path: string;
  readonly room: string;
  readonly text: string;
  readonly imports: readonly string[];
}

const files = ['apps', 'libs'].flatMap(sourceFiles);
const table = readTable();

function sourceFiles(folder: string): SourceFile[] {
  const entries = readdirSync(join(root, folder), { recursive: true, withFileTypes: true });
  const wanted = entries.filter(
    (entry) => entry.isFile() && entry.name.endsWith('.ts') && !entry.name.endsWith('.spec.ts'),
  );
  return wanted.map((entry) => readSource(relative(root, join(entry.parentPath, entry.name))));
}

function readSource(path: string): SourceFile {
  const text = readFileSync(join(root, path), 'utf8');
  const imports = ts.preProcessFile(text, true, true).importedFiles.map(({ fileName }) => fileName);
  return { path, room: path.split('/').slice(0, 2).join('/'), text, imports };
}

function readTable(): Map<string, readonly string[]> {
  const page = readFileSync(join(root, 'ARCHITECTURE.md'), 'utf8');
  const rows = [...page.matchAll(/^\| `((?:libs|apps)\/[a-z-]+)`\s*\|[^|]*\|([^|]*)\|$/gm)];
  return new Map(rows.map(([, room, allowed]) => [room!, [...allowed!.matchAll(/[a-z-]+/g)].map(([name]) => name)]));
}

const violations = (isWrong: (file: SourceFile, imported: string) => boolean): string[] =>
  files.flatMap((file) =>
    file.imports.filter((imported) => isWrong(file, imported)).map((imported) => `${file.path} → ${imported}`),
  );

const onlyIn = (rooms: readonly string[], wanted: RegExp): string[] =>
  violations(({ room }, imported) => wanted.test(imported) && !rooms.includes(room));

describe('the house', () => {
  it('has a row in the table of ARCHITECTURE.md for every room, and no other', () => {
    expect([...table.keys()].toSorted()).toEqual([...new Set(files.map(({ room }) => room))].toSorted());
  });

  it('is entered by front doors only, in the directions that the table allows', () => {
    const forbidden = violations(({ room }, imported) => {
      if (!imported.startsWith('@app/')) return false;
      return !table.get(room)!.includes(imported.replace(/^@app\/|\/(start|driver|records)$/g, ''));
    });
    expect(forbidden).toEqual([]);
  });

  it('looks for its database before it loads any package', () => {
    expect(packagesBehind('apps/api/src/main.ts')).toEqual([]);
  });

  it.each(['@nestjs/swagger', 'class-validator', 'class-transformer', '@grpc/grpc-js'])(
    'has no start wait for %s',
    (library) => {
      const readers = files.filter(({ text }) => staticImports(text).includes(library));
      expect(readers.map(({ path }) => path)).toEqual([]);
    },
  );

  it('has no relative import that leaves its room', () => {
    const leaving = violations(
      ({ path, room }, imported) => imported.startsWith('.') && !join(path, '..', imported).startsWith(`${room}/`),
    );
    expect(leaving).toEqual([]);
  });

  it('has no cycle between files', () => {
    const graph = new Map(
      files.map(({ path, imports }) => [
        path,
        imports.filter((i) => i.startsWith('.')).map((i) => join(path, '..', i).replace(/\.js$/, '.ts')),
      ]),
    );
    const types = new Map(files.map(({ path, text }) => [path, typeOnlyImports(text)]));
    expect(files.map(({ path }) => path).filter((path) => reaches(path, path, graph, types))).toEqual([]);
  });

  it.each<[string, readonly string[], RegExp]>([
    ['runtime knows ONNX Runtime', ['libs/runtime'], /^onnxruntime/],
    [
      'registry, capture, comparison and database know MongoDB',
      ['libs/registry', 'libs/capture', 'libs/comparison', 'libs/database'],
      /^(mongodb|mongoose|@nestjs\/mongoose)$/,
    ],
    [
      'the API knows Swagger, Express and gRPC',
      ['apps/api'],
      /^(@nestjs\/swagger|express|@grpc\/|@nestjs\/platform-express|multer|helmet)/,
    ],
    ['the database knows the embedded engine', ['libs/database'], /^(@0q\/|mongodb-memory-server)/],
  ])('only %s', (_, rooms, wanted) => {
    expect(onlyIn(rooms, wanted)).toEqual([]);
  });

  it.each([
    ['core', []],
    ['convert', ['@app/core', 'node:']],
  ])('keeps libs/%s pure', (room, allowed) => {
    const isAllowed = (imported: string): boolean =>
      imported.startsWith('.') || allowed.some((prefix) => imported.startsWith(prefix));
    expect(violations((file, imported) => file.room === `libs/${room}` && !isAllowed(imported))).toEqual([]);
  });

  it('reads the environment in one file only', () => {
    const readers = files.filter(({ text }) => /process\.env\b/.test(text)).map(({ path }) => path);
    expect(readers).toEqual(['libs/platform/src/settings.ts']);
  });

  it('never executes text: no eval, no Function, no vm', () => {
    const executing = files
      .filter(({ text }) => /\beval\(|new Function\(|\bFunction\(|runIn(New|This)?Context/.test(text))
      .map(({ path }) => path);
    expect([...executing, ...onlyIn([], /^(node:)?vm$/)]).toEqual([]);
  });

  it("imports only node's own modules and declared dependencies", () => {
    const { dependencies, optionalDependencies } = JSON.parse(
      readFileSync(join(root, 'package.json'), 'utf8'),
    ) as Record<string, object>;
    const declared = new Set([...Object.keys(dependencies!), ...Object.keys(optionalDependencies!), ...builtinModules]);
    const undeclared = violations(({ text }, imported) => {
      if (/^(\.|node:|@app\/)/.test(imported) || new RegExp(`import type [^;]*from '${imported}'`).test(text))
        return false;
      return !declared.has(
        imported
          .split('/')
          .slice(0, imported.startsWith('@') ? 2 : 1)
          .join('/'),
      );
    });
    expect(undeclared).toEqual([]);
  });
});

/** The packages that a file loads by its static imports and those of the files behind them. */
function packagesBehind(path: string, seen = new Set<string>()): string[] {
  if (seen.has(path)) return [];
  seen.add(path);
  const { text } = files.find((file) => file.path === path)!;
  return staticImports(text).flatMap((imported) => {
    if (imported.startsWith('node:')) return [];
    const start = /^@app\/([a-z]+)\/start$/.exec(imported);
    const next = start ? `libs/${start[1]}/src/start.ts` : join(path, '..', imported).replace(/\.js$/, '.ts');
    return start || imported.startsWith('.') ? packagesBehind(next, seen) : [imported];
  });
}

function staticImports(text: string): string[] {
  return [...text.matchAll(/^(?:import|export) (?!type )(?:[^;']*? from )?'([^']+)'/gm)].map(([, path]) => path!);
}

function typeOnlyImports(text: string): Set<string> {
  return new Set([...text.matchAll(/(?:import|export) type [^;]*? from '([^']+)'/g)].map(([, path]) => path!));
}

function reaches(from: string, to: string, graph: Map<string, string[]>, types: Map<string, Set<string>>): boolean {
  const seen = new Set<string>();
  const todo = runtimeImports(from, graph, types);
  while (todo.length > 0) {
    const next = todo.pop()!;
    if (next === to) return true;
    if (!seen.has(next)) todo.push(...runtimeImports(next, graph, types));
    seen.add(next);
  }
  return false;
}

// A type-only import is gone when the program runs, so it makes no cycle.
function runtimeImports(path: string, graph: Map<string, string[]>, types: Map<string, Set<string>>): string[] {
  const relativeTo = (imported: string): string => join(path, '..', imported).replace(/\.js$/, '.ts');
  const erased = new Set([...(types.get(path) ?? [])].map(relativeTo));
  return (graph.get(path) ?? []).filter((imported) => !erased.has(imported));
}
