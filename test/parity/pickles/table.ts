import type { Outcome } from './run-case.js';

type Counts = Record<Outcome['result'], number>;

/** Outcomes counted by tier, and by class and library set, as text. */
export function outcomeTable(outcomes: readonly Outcome[]): string {
  const byTier = counted(outcomes, ({ case: { tier } }) => `tier ${tier}`);
  const byClass = counted(
    outcomes.filter(({ case: { tier } }) => tier <= 3),
    ({ case: { class: name, env } }) => `${name.split('.').at(-1)} ${env}`,
  );
  return [...lines(byTier), '', ...lines(byClass)].join('\n');
}

/** What did not come out right, one line a case. */
export function failureList(outcomes: readonly Outcome[]): string {
  return outcomes
    .filter(({ result, case: { tier } }) => result === 'wrong' || (result === 'refused' && tier <= 3))
    .map(({ case: { id, tier, class: name }, result, detail }) => `${tier} ${result} ${id} (${name}): ${detail}`)
    .join('\n');
}

function counted(outcomes: readonly Outcome[], keyOf: (outcome: Outcome) => string): Map<string, Counts> {
  const table = new Map<string, Counts>();
  for (const outcome of outcomes) {
    const counts = table.get(keyOf(outcome)) ?? { right: 0, refused: 0, wrong: 0 };
    counts[outcome.result]++;
    table.set(keyOf(outcome), counts);
  }
  return table;
}

function lines(table: ReadonlyMap<string, Counts>): string[] {
  const rows = [...table].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return rows.map(([key, { right, refused, wrong }]) => {
    return `${key.padEnd(44)} right ${right}, refused ${refused}, wrong ${wrong}`;
  });
}
