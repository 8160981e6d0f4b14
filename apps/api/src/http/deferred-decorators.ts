type Decorator = (...target: readonly unknown[]) => void;

/** Decorators of a library that no start waits for: what they stand at is noted, and they are put there once the library is read. */
export class DeferredDecorators<Library extends object> {
  // In the order in which they stand in the sources, which is the one that the library would have seen.
  private readonly waiting: ((library: Library) => void)[] = [];

  constructor(private readonly read: () => Promise<Library>) {}

  /** The library's decorator of this name, in a form that waits for it. */
  later<Name extends keyof Library>(name: Name): Library[Name] {
    const decorator =
      (...options: readonly unknown[]): Decorator =>
      (...target) =>
        void this.waiting.push((library) =>
          (library[name] as (...given: readonly unknown[]) => Decorator)(...options)(...target),
        );
    return decorator as unknown as Library[Name];
  }

  /** Reads the library, and puts the decorators where they stand; quick from the second time on. */
  async load(): Promise<Library> {
    const library = await this.read();
    for (const apply of this.waiting.splice(0)) apply(library);
    return library;
  }
}
