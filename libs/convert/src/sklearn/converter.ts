import type { FittedModel } from '../fitted-model.js';
import type { GraphBuilder } from '../onnx-writer/index.js';
import type { PyObject, PyValue } from '../pickle/index.js';
import type { Table } from './table.js';

/** A fitted transformer as data: columns in, columns out. */
export interface Transformer {
  /** The number of columns it takes; undefined where the object does not say. */
  readonly inputs: number | undefined;
  /** The number of columns it gives. */
  readonly outputs: number;
  /** Adds the transformer to a graph. */
  transform(g: GraphBuilder, table: Table): Table;
  /** Adds its inverse, where it has one (a target transformer). */
  inverse?(g: GraphBuilder, table: Table): Table;
}

/** What a converter may ask of the conversion that it is part of. */
export interface ConversionContext {
  /** Converts an estimator that this one holds; refuses what is no model, and nesting that is too deep or a cycle. */
  model(value: PyValue): FittedModel;
  /** Converts a transformer that this one holds; 'passthrough' and None among them. */
  transformer(value: PyValue): Transformer;
  /** Tells the uploader something; the conversion goes on. */
  warn(text: string): void;
  /** The library version in the file, such as '1.5.2'; undefined where it is silent. */
  readonly version: string | undefined;
}

/** Turns the fitted attributes of one class into a model; throws ConversionRefused naming what it does not know. */
export type ModelConverter = (object: PyObject, context: ConversionContext) => FittedModel;

/** Turns the fitted attributes of one class into a transformer; throws ConversionRefused naming what it does not know. */
export type TransformerConverter = (object: PyObject, context: ConversionContext) => Transformer;

/** The converters of a family of classes, by exact class name ('sklearn.svm._classes.SVR'). */
export interface ConverterFamily {
  readonly models?: ReadonlyMap<string, ModelConverter>;
  readonly transformers?: ReadonlyMap<string, TransformerConverter>;
}
