import { detectFormat } from './detect-format.js';

const starts: readonly [string, string | undefined][] = [
  ['\x80\x02}q', 'pickle'],
  ['ccopy_reg\n_reconstructor\n', 'pickle'],
  ['(dp0\n', 'pickle'],
  ['\x78\x9c\x01', 'joblib'],
  ['\x1f\x8b\x08', 'joblib'],
  ['BZh91AY', 'joblib'],
  ['\xfd7zXZ\0', 'joblib'],
  ['tree\nversion=v4\n', 'lightgbm'],
  ['{"learner":{', 'xgboost'],
  ['{L\0\0\0\0\0\0\0\x07learner{', 'xgboost'],
  ['\x08\x08\x12\x07pytorch', 'onnx'],
  ['PK\x03\x04', undefined],
  ['\x89HDF\r\n', undefined],
  ['version https://git-lfs.github.com/spec/v1', undefined],
  ['{"a": 1}', undefined],
  ['\xff\xff', undefined],
];

describe('detectFormat', () => {
  it.each(starts)('tells what begins with %j', (start, format) => {
    expect(detectFormat(Buffer.from(start, 'latin1')).format).toBe(format);
  });
});
