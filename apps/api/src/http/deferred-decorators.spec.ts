import { DeferredDecorators } from './deferred-decorators.js';

const put: string[] = [];
const library = {
  Named: (name: string) => (target: object, property: string) =>
    void put.push(`${name} at ${property} of ${target.constructor.name}`),
};

describe('decorators of a library that is read later', () => {
  it('stand, once it is read, where and in the order they would have stood, each once', async () => {
    let readings = 0;
    const deferred = new DeferredDecorators(async () => {
      readings++;
      return library;
    });
    const Named = deferred.later('Named');
    class Flight {
      @Named('outer')
      @Named('inner')
      readonly distance?: number;
    }
    expect([new Flight().distance, readings, put]).toEqual([undefined, 0, []]);
    const [first, second] = await Promise.all([deferred.load(), deferred.load()]);
    expect([first, second]).toEqual([library, library]);
    expect(put).toEqual(['inner at distance of Flight', 'outer at distance of Flight']);
  });
});
