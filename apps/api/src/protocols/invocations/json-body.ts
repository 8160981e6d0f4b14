import { type InvocationRows, columnRows, namedRows, orderedRows } from './invocation-rows.js';
import { bodyInvalid } from './invocations.errors.js';

type Json = Readonly<Record<string, unknown>>;

const MEMBERS = ['dataframe_split', 'dataframe_records', 'inputs', 'instances'] as const;

/** The rows of a JSON object with one of MLflow's or SageMaker's members. */
export function rowsOfJson(value: unknown): InvocationRows {
  const body = isObject(value) ? value : {};
  const given = MEMBERS.filter((member) => Object.hasOwn(body, member));
  if (given.length !== 1) throw bodyInvalid(`the body has ${given.length} of ${MEMBERS.join(', ')}; send exactly one`);
  return READERS[given[0]!](body[given[0]!]);
}

const READERS: Readonly<Record<(typeof MEMBERS)[number], (value: unknown) => InvocationRows>> = {
  dataframe_split: readSplit,
  dataframe_records: (value) => namedRows(listOf(value, 'dataframe_records')),
  inputs: (value) => (isObject(value) ? readColumns(value) : rowsOfList(listOf(value, 'inputs'))),
  instances: (value) => rowsOfList(listOf(value, 'instances')),
};

/** Rows that are each a list, an object of named features, or SageMaker's {"features": list}. */
export function rowsOfList(list: readonly unknown[]): InvocationRows {
  const rows = list.map((row) => (isObject(row) && Array.isArray(row.features) ? row.features : row));
  return rows.some(Array.isArray) ? orderedRows(rows) : namedRows(rows);
}

function readSplit(value: unknown): InvocationRows {
  const { columns, data } = isObject(value) ? value : ({} as Json);
  const names = listOf(columns, 'dataframe_split.columns').map(nameOf);
  return columnRows(names, listOf(data, 'dataframe_split.data'));
}

// {"column": [values], …}: the columns are as long as one another.
function readColumns(columns: Json): InvocationRows {
  const names = Object.keys(columns);
  const lists = names.map((name) => listOf(columns[name], `inputs.${name}`));
  const count = lists[0]?.length ?? 0;
  const odd = names.find((_, at) => lists[at]!.length !== count);
  if (odd !== undefined) throw bodyInvalid(`column ${JSON.stringify(odd)} is not as long as the first`);
  return columnRows(
    names,
    Array.from({ length: count }, (_, row) => lists.map((list) => list[row])),
  );
}

function nameOf(name: unknown): string {
  if (typeof name === 'string') return name;
  // Not JSON of it: lists may be nested deeper than that can be written.
  throw bodyInvalid(`dataframe_split.columns holds ${name === null ? 'null' : `a ${typeof name}`}; a name is a text`);
}

function listOf(value: unknown, member: string): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw bodyInvalid(`${member} is not a list`);
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
