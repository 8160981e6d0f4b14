import { readBinary } from './binary-values.js';
import { type DataSource, readInferRequest } from './infer-json.js';
import { type InferRequest, requestInvalid } from './infer-request.js';
import { readJsonData } from './json-data.js';
import { show, tensorInvalid } from './tensor.js';

/** How many bytes of a body, or of an answer, are JSON; tensors follow. */
export const JSON_LENGTH_HEADER = 'inference-header-content-length';

/** Reads a request's body: JSON, and behind it the bytes of the tensors that say so. */
export function readInferBody(body: Buffer, jsonLength: string | undefined): InferRequest {
  const end = jsonLength === undefined ? body.length : endOfJson(jsonLength, body.length);
  const tail = new BinaryTail(body, end);
  // A part of a buffer is an object that takes as long to make as a small tensor takes to read.
  const request = readInferRequest(end === body.length ? body : body.subarray(0, end), tail);
  tail.checkAllTaken();
  return request;
}

function endOfJson(text: string, bodyLength: number): number {
  const length = /^\d{1,15}$/.test(text) ? Number(text) : Infinity;
  if (length <= bodyLength) return length;
  const message = `Inference-Header-Content-Length is ${show(text)}; the body has ${bodyLength} bytes`;
  throw requestInvalid(message);
}

/** The bytes behind the JSON, taken in the order of the inputs. */
class BinaryTail implements DataSource {
  constructor(
    private readonly body: Buffer,
    private at: number,
  ) {}

  read: DataSource['read'] = (tensor, { data }, { binary_data_size: size }) => {
    if (size === undefined) return readJsonData(tensor.name, tensor.datatype, tensor.shape, data);
    if (data !== undefined) throw tensorInvalid(tensor.name, 'has both `data` and `binary_data_size`');
    return readBinary(tensor, this.take(tensor.name, size));
  };

  checkAllTaken(): void {
    const left = this.body.length - this.at;
    if (left > 0) throw requestInvalid(`${left} bytes of the body belong to no input`);
  }

  private take(name: string, size: unknown): Buffer {
    const left = this.body.length - this.at;
    if (!Number.isSafeInteger(size) || (size as number) < 0 || (size as number) > left)
      throw tensorInvalid(name, `has the binary_data_size ${show(size)}; ${left} bytes of the body are left`);
    this.at += size as number;
    return this.body.subarray(this.at - (size as number), this.at);
  }
}
