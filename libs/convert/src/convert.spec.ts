import { ServingError } from '@app/core';
import { fixture } from '../fixtures/fixtures.js';
import { convert } from './convert.js';
import { acceptedEndings, ConversionRefused, convertErrors, hasAcceptedEnding } from './index.js';

function refusal(bytes: Uint8Array, fileName = 'model.onnx'): ConversionRefused {
  try {
    convert(bytes, fileName);
  } catch (error) {
    if (error instanceof ConversionRefused) return error;
    throw error;
  }
  throw new Error('was not refused');
}

describe('convert', () => {
  it('takes a file by its ending, whatever its case', () => {
    expect(acceptedEndings).toEqual(['.pkl', '.pickle', '.joblib', '.onnx', '.txt', '.json', '.ubj']);
    expect(hasAcceptedEnding('Model.ONNX')).toBe(true);
    expect(hasAcceptedEnding('model.onnx.exe')).toBe(false);
    expect(convert(fixture('linear-regression'), 'Model.ONNX').understood).toMatchObject({ format: 'onnx' });
  });

  it('refuses another ending, naming the endings it takes', () => {
    const error = refusal(fixture('linear-regression'), 'model.exe');
    expect(error.code).toBe('MODEL_FORMAT_UNKNOWN');
    expect(error.message).toContain('Only .pkl, .pickle, .joblib, .onnx, .txt, .json, .ubj files are supported');
  });

  it('refuses an empty file', () => {
    expect(refusal(new Uint8Array())).toMatchObject({ code: 'MODEL_EMPTY', kind: 'malformed' });
  });

  it('goes by the bytes and not by the ending', () => {
    expect(convert(fixture('linear-regression'), 'model.pkl').understood.format).toBe('onnx');
    expect(refusal(Buffer.from('\x80\x04N.', 'latin1')).message).toContain('NoneType');
  });

  it('refuses with an error for the caller whose message holds the advice', () => {
    const error = refusal(Buffer.from('<!doctype html>'));
    expect(error).toBeInstanceOf(ServingError);
    expect(error.message).toContain('an HTML or XML page');
    expect(error.message.toLowerCase()).toContain(error.advice.toLowerCase());
    expect(Object.keys(convertErrors)).toContain(error.code);
  });
});
