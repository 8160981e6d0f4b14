import { firstTwice } from '@app/core';
import { parseJson } from '../../http/json-object.js';
import { isDatatype, DATATYPES } from './datatypes.js';
import { type InferRequest, type Parameters, requestInvalid, type RequestedOutput } from './infer-request.js';
import { show, sizeOfShape, tensorInvalid, type WireTensor } from './tensor.js';

/** An object of a request's JSON, nothing of it checked yet. */
type Raw = Readonly<Record<string, unknown>>;

/** Where the values of an input come from: its own `data`, or the bytes behind the JSON. */
export interface DataSource {
  read(tensor: Omit<WireTensor, 'data'>, raw: Raw, parameters: Parameters): ArrayLike<unknown>;
}

/** Reads the JSON of an inference request; throws a ServingError that names the part that is wrong. */
export function readInferRequest(json: Buffer, source: DataSource): InferRequest {
  const raw = objectOf(parseJson(json), 'the request');
  const { id } = raw;
  if (id !== undefined && typeof id !== 'string') throw requestInvalid(`\`id\` is ${show(id)}; it is a text`);
  return {
    id,
    parameters: parametersOf(raw, 'the request'),
    inputs: listOf(raw.inputs, 'inputs').map((input) => readInput(input, source)),
    outputs: raw.outputs === undefined ? undefined : readOutputs(raw.outputs),
  };
}

function readInput(value: unknown, source: DataSource): WireTensor {
  const raw = objectOf(value, 'an item of `inputs`');
  const name = nameOf(raw, 'inputs');
  const { datatype, shape } = raw;
  if (!isDatatype(datatype))
    throw tensorInvalid(name, `has the datatype ${show(datatype)}; it is one of ${DATATYPES.join(', ')}`);
  sizeOfShape(name, shape);
  const tensor = { name, datatype, shape: shape as readonly number[] };
  const data = source.read(tensor, raw, parametersOf(raw, 'input', name));
  // Not `...tensor`: on Node 20, V8 makes a class of its own for every such copy, and collects the heap because of them.
  return { name, datatype, shape: tensor.shape, data };
}

// An empty list asks for nothing in particular, as no list does.
function readOutputs(value: unknown): RequestedOutput[] | undefined {
  if (!Array.isArray(value)) throw requestInvalid('`outputs` is not a list');
  return value.length === 0 ? undefined : distinct(value.map(readOutput));
}

function readOutput(value: unknown): RequestedOutput {
  const raw = objectOf(value, 'an item of `outputs`');
  const name = nameOf(raw, 'outputs');
  return { name, parameters: parametersOf(raw, 'output', name) };
}

/** The outputs asked for, each once. */
export function distinct(outputs: RequestedOutput[]): RequestedOutput[] {
  const names = outputs.map(({ name }) => name);
  const twice = firstTwice(names);
  if (twice === undefined) return outputs;
  throw requestInvalid(`output ${show(twice)} is asked for twice`);
}

function listOf(value: unknown, member: string): readonly unknown[] {
  if (Array.isArray(value) && value.length > 0) return value;
  throw requestInvalid(`\`${member}\` is ${value === undefined ? 'missing' : 'not a list with a tensor in it'}`);
}

function nameOf({ name }: Raw, member: string): string {
  if (typeof name === 'string' && name !== '') return name;
  throw requestInvalid(`an item of \`${member}\` has the name ${show(name)}; a name is a text`);
}

function parametersOf({ parameters }: Raw, owner: string, name?: string): Parameters {
  if (parameters === undefined) return {};
  return objectOf(parameters, `\`parameters\` of ${owner}${name === undefined ? '' : ` ${show(name)}`}`);
}

function objectOf(value: unknown, what: string): Raw {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Raw;
  throw requestInvalid(`${what} is not a JSON object`);
}
