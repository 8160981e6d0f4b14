import type { ModelFormat } from '@app/convert';
import type { Feature } from '@app/core';
import { overlaySignature } from './signature-file.js';

const COLOR: Feature = { name: 'x0', type: 'string', categories: ['blue', 'red'] };
const SIZE: Feature = { name: 'x1', type: 'double', nullable: true, range: { min: 0, max: 9 } };

const overlaid = (own: Feature, given: object, format: ModelFormat = 'pickle'): Feature =>
  allOverlaid([own], [given], format)[0]!;

function allOverlaid(own: readonly Feature[], features: readonly object[], format: ModelFormat = 'pickle') {
  const signature = { task: 'regression', output: { name: 'score' }, features: own } as const;
  const understood = { format, class: 'Model', library: 'its library' };
  return overlaySignature({ signature, understood, namesFrom: 'file' }, JSON.stringify({ features })).features;
}

describe('a signature beside a model file', () => {
  it('says what it wants of a feature; what it leaves out is as in the file', () => {
    const given = { name: 'color', type: 'string', description: 'paint' };
    expect(overlaid(COLOR, given)).toEqual({ ...given, categories: ['blue', 'red'] });
    expect(overlaid(SIZE, { name: 'size', type: 'integer' })).toEqual({
      name: 'size',
      type: 'integer',
      range: SIZE.range,
    });
  });

  it('adds no category to those that the model knows, and gives some to a feature that has none', () => {
    const categories = ['blue', 'red', 'purple'];
    expect(overlaid(COLOR, { ...COLOR, categories })).toEqual(COLOR);
    expect(overlaid({ name: 'x0', type: 'string' }, { ...COLOR, categories })).toEqual({ ...COLOR, categories });
  });

  it('lets a value be missing where it says so and the model has a rule for it', () => {
    expect(overlaid(SIZE, { name: 'size', type: 'double', nullable: true }).nullable).toBe(true);
    expect(overlaid(SIZE, { name: 'size', type: 'double' }).nullable).toBeFalsy();
    expect(overlaid(SIZE, { name: 'size', type: 'double', nullable: false }).nullable).toBe(false);
    expect(overlaid(COLOR, { name: 'color', type: 'string', nullable: true }).nullable).toBe(false);
  });

  it('is believed about missing values where the file cannot know, as an ONNX graph', () => {
    const own: Feature = { name: 'x0', type: 'double', nullable: false };
    expect(overlaid(own, { name: 'size', type: 'double', nullable: true }, 'onnx').nullable).toBe(true);
    expect(overlaid(own, { name: 'size', type: 'double' }, 'onnx').nullable).toBeFalsy();
  });

  it('may narrow a number to whole ones or to a boolean', () => {
    for (const type of ['double', 'integer', 'boolean'])
      expect(overlaid(SIZE, { name: 'size', type })).toMatchObject({ type });
  });

  it.each([
    ['a text for a number', SIZE, 'string', /feature "a" is of type string, and the model file takes double there/],
    ['a number for a text', COLOR, 'double', /feature "a" is of type double, and the model file takes string there/],
    ['a boolean for a text', COLOR, 'boolean', /feature "a" is of type boolean/],
  ])('is refused with %s', (_, own, type, message) => {
    expect(() => overlaid(own, { name: 'a', type })).toThrow(message);
  });

  it('is refused where it has the names of the file in another order: their columns would be swapped', () => {
    const own: Feature[] = ['a', 'b', 'c'].map((name) => ({ name, type: 'double' }));
    const named = (...names: string[]) => names.map((name) => ({ name, type: 'double' }));
    expect(() => allOverlaid(own, named('b', 'a', 'c'))).toThrow(
      'feature "b" is number 1 in it, and 2 in the model file',
    );
    expect(() => allOverlaid(own, named('x', 'a', 'y'))).toThrow('feature "a" is number 2');
    expect(allOverlaid(own, named('x', 'b', 'y')).map(({ name }) => name)).toEqual(['x', 'b', 'y']);
  });

  it('is refused with categories that are no list', () => {
    const given = { name: 'color', type: 'string', categories: 'red' };
    expect(() => overlaid({ name: 'x0', type: 'string' }, given)).toThrow('the categories of color are no list');
  });

  it('is refused with two features of one name, which no request could tell apart', () => {
    const twice = [
      { name: 'a', type: 'string' },
      { name: 'a', type: 'double' },
    ];
    const refused = expect.objectContaining({
      code: 'SIGNATURE_INVALID',
      message: expect.stringMatching(/two features "a"$/) as string,
    });
    expect(() => allOverlaid([COLOR, SIZE], twice)).toThrow(refused);
  });
});
