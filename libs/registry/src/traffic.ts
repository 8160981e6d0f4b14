/** A version that gets a part of the callers. */
export interface Canary {
  readonly version: number;
  /** 0 to 100, in steps of 0.01. */
  readonly percent: number;
}

/** Who gets which version of a model. */
export interface Traffic {
  readonly active: number;
  readonly canary?: Canary;
  /** Versions that score what the others answer, for comparison only. */
  readonly shadows: readonly number[];
  /** The feature whose value keeps a caller on one version, where a request names no key of its own. */
  readonly routingFeature?: string;
}

/** Every version that the traffic needs in memory. */
export function versionsIn({ active, canary, shadows }: Traffic): number[] {
  return [active, ...(canary ? [canary.version] : []), ...shadows];
}

/** The traffic with one version for every caller: a canary ends, the other shadows stay. */
export function allTo(version: number, traffic: Traffic | undefined): Traffic {
  const { canary: _ended, ...rest } = traffic ?? { shadows: [] };
  return { ...rest, active: version, shadows: rest.shadows.filter((shadow) => shadow !== version) };
}
