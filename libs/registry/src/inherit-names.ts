import type { Feature, Signature } from '@app/core';

/** Where the names of a version's features come from, best first (DESIGN section 4). */
export type NamesFrom = 'signature' | 'file' | 'live version' | 'made up';

/** A signature with its final names, and a warning where they are not the file's own. */
export interface NamedSignature {
  readonly signature: Signature;
  readonly namesFrom: NamesFrom;
  readonly warnings: readonly string[];
}

/**
 * Gives the features of a file that has no names the live version's names, where the number of features is the same: the
 * callers of the live version go on sending the names that they know. A feature with the name of a live one gets its unit,
 * description and example where the file has none. Types, missing-value rules, ranges and categories stay the file's own.
 */
export function inheritNames(own: Signature, hasOwnNames: boolean, live: Signature | undefined): NamedSignature {
  if (hasOwnNames) return { signature: describedBy(own, live), namesFrom: 'file', warnings: [] };
  if (live?.features.length !== own.features.length) return madeUp(own);
  const named = { ...own, features: own.features.map((feature, i) => ({ ...feature, name: live.features[i]!.name })) };
  const warnings = ['the file does not name its features: the names are those of the live version, in the same order'];
  return { signature: describedBy(named, live), namesFrom: 'live version', warnings };
}

function describedBy(own: Signature, live: Signature | undefined): Signature {
  const known = new Map(live?.features.map((feature) => [feature.name, feature]));
  const features = own.features.map((feature) => ({ ...inherited(feature, known.get(feature.name)), ...feature }));
  return { ...own, features };
}

function inherited(own: Feature, live: Feature | undefined): Partial<Feature> {
  if (!live) return {};
  const { unit, description, example } = live;
  return { ...(unit && { unit }), ...(description && { description }), ...(fits(own, example) && { example }) };
}

// An example must be one that the new version would take.
function fits(own: Feature, example: Feature['example']): boolean {
  if (example === undefined) return false;
  if (own.type === 'string' || own.type === 'boolean') return typeof example === own.type;
  return typeof example === 'number';
}

function madeUp(signature: Signature): NamedSignature {
  const warnings = [
    `the file does not name its features: they are ${signature.features[0]!.name}, … in the file's order`,
  ];
  return { signature, namesFrom: 'made up', warnings };
}
