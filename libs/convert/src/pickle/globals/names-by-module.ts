/** Modules, each with the names in it that a file may mention, separated by spaces. */
export type NamesByModule = readonly (readonly [module: string, names: string])[];
