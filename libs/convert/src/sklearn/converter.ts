import type { EvaluatedOutputs, FittedModel, ModelOutputs } from '../fitted-model.js';
import type { GraphBuilder } from '../onnx-writer/index.js';
import type { PyObject, PyValue } from '../pickle/index.js';
import type { Table } from './table.js';

/** What a step makes of a missing value: an error, a missing value again, or a value. */
export type MissingRule = 'refused' | 'passed' | 'handled';

/** What a step asks of one of its columns. */
export interface ColumnNeed {
  readonly type: 'double' | 'string';
  readonly missing: MissingRule;
  /** The only values that it takes, where it knows no others. */
  readonly categories?: readonly (string | number)[];
  /** Whether the values are looked up, which takes the column by itself. */
  readonly isLookedUp?: boolean;
}

/** `evaluate` and `checkRows` of a described model. */
export interface RowCheck {
  readonly evaluate: (rows: Float64Array, count: number) => EvaluatedOutputs;
  readonly checkRows: (count: number) => Float64Array;
}

/** A fitted transformer as data: columns in, columns out. */
export interface Transformer {
  /** The number of columns it takes; undefined where the object does not say. */
  readonly inputs: number | undefined;
  /** The number of columns it gives; undefined where it is as many as it takes. */
  readonly outputs: number | undefined;
  /** One a column it takes; numbers that may not be missing unless said. */
  readonly needs?: readonly ColumnNeed[];
  /** Adds the transformer to a graph. */
  transform(g: GraphBuilder, table: Table): Table;
  /** Adds its inverse, where it has one (a target transformer). */
  readonly inverse?: (g: GraphBuilder, table: Table) => Table;
  /** The same without ONNX, of rows in row-major order, where that is simple enough to check the graph with. */
  readonly onRows?: RowFunctions;
}

/** A transformer and its inverse on rows of doubles. */
export interface RowFunctions {
  readonly transform: (rows: Float64Array) => Float64Array;
  readonly inverse: (rows: Float64Array) => Float64Array;
}

/** A fitted model that may take a table, and that says what it asks of its columns. */
export interface TableModel extends FittedModel {
  /** Whether it has a rule for a missing number in any column. */
  readonly takesMissing?: boolean;
  /** One a column; numbers, missing as `takesMissing` says, unless given. */
  readonly needs?: readonly ColumnNeed[];
  /** The number of columns of `score`, where it is known. */
  readonly targets?: number;
  /** The names of its columns, where something inside knows them. */
  readonly names?: readonly string[];
  /** What the graph can be checked with. */
  readonly onRows?: RowCheck;
  /** As `apply`, for models that take texts too. */
  readonly applyToTable?: (g: GraphBuilder, table: Table) => ModelOutputs;
}

/** What a converter may ask of the conversion that it is part of. */
export interface ConversionContext {
  /** Converts an estimator that this one holds; refuses what is no model, and nesting that is too deep or a cycle. */
  model(value: PyValue): TableModel;
  /** Converts a transformer that this one holds; 'passthrough' and None among them. */
  transformer(value: PyValue): Transformer;
  /** Tells the uploader something; the conversion goes on. */
  warn(text: string): void;
  /** The library version in the file, such as '1.5.2'; undefined where it is silent. */
  readonly version: string | undefined;
}

/** Turns the fitted attributes of one class into a model; throws ConversionRefused naming what it does not know. */
export type ModelConverter = (object: PyObject, context: ConversionContext) => TableModel;

/** Turns the fitted attributes of one class into a transformer; throws ConversionRefused naming what it does not know. */
export type TransformerConverter = (object: PyObject, context: ConversionContext) => Transformer;

/** The converters of a family of classes, by exact class name ('sklearn.svm._classes.SVR'). */
export interface ConverterFamily {
  readonly models?: ReadonlyMap<string, ModelConverter>;
  readonly transformers?: ReadonlyMap<string, TransformerConverter>;
}
