/** What the engine's binary asks of a machine. */
export interface Host {
  readonly platform: string;
  readonly arch: string;
  /** Absent where the C library is not glibc. */
  readonly glibc?: string;
}

/** How the engine runs on a machine. */
export type EngineSupport =
  { readonly kind: 'as-shipped' | 'patched' } | { readonly kind: 'unsupported'; readonly reason: string };

const TARGETS = ['linux-x64', 'linux-arm64', 'darwin-arm64'];

/** Whether the engine runs on a host: as shipped from glibc 2.38, as a patched copy from 2.36. */
export function engineSupport({ platform, arch, glibc }: Host): EngineSupport {
  const target = `${platform}-${arch}`;
  if (!TARGETS.includes(target)) return unsupported(`there is no build of it for ${target}`);
  if (platform === 'darwin') return { kind: 'as-shipped' };
  if (!glibc) return unsupported('it needs glibc, which this system has not');
  const [major = 0, minor = 0] = glibc.split('.').map(Number);
  if (major > 2 || (major === 2 && minor >= 38)) return { kind: 'as-shipped' };
  if (major === 2 && minor >= 36) return { kind: 'patched' };
  return unsupported(`it needs glibc 2.36 or later, this system has ${glibc}`);
}

/** The machine that this process runs on. */
export function thisHost(): Host {
  // Without this, the report looks up the name of every peer of an open socket (Node 22 and later know it).
  Object.assign(process.report, { excludeNetwork: true });
  const report = process.report.getReport() as { header?: { glibcVersionRuntime?: string } };
  return { platform: process.platform, arch: process.arch, glibc: report.header?.glibcVersionRuntime };
}

function unsupported(reason: string): EngineSupport {
  return { kind: 'unsupported', reason };
}
