/** Whether the embedded engine can run here, and the native file to load where the package's own does not fit. */
export type EngineFinding =
  { readonly usable: true; readonly nativeFile?: string } | { readonly usable: false; readonly reason: string };

/** What was found that could hold documents. */
export interface Surroundings {
  readonly uri?: string;
  /** The path of a mongod that is already on this machine. */
  readonly mongod?: string;
  readonly engine: EngineFinding;
}

/** One of the four ways to a database. */
export type Choice =
  | { readonly kind: 'given'; readonly uri: string }
  | { readonly kind: 'mongod'; readonly binary: string }
  | { readonly kind: 'embedded'; readonly nativeFile?: string }
  | { readonly kind: 'download'; readonly because: string };

/** The first that is possible of: the given server, a mongod of this machine, the embedded engine, a download. */
export function chooseDatabase({ uri, mongod, engine }: Surroundings): Choice {
  if (uri) return { kind: 'given', uri };
  if (mongod) return { kind: 'mongod', binary: mongod };
  if (engine.usable) return { kind: 'embedded', nativeFile: engine.nativeFile };
  return { kind: 'download', because: engine.reason };
}
