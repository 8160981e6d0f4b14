import { hasSharedCorpus, pickleCases } from './pickles/corpus.js';
import { runCase, type Outcome } from './pickles/run-case.js';
import { failureList, outcomeTable } from './pickles/table.js';

const CASES = pickleCases();
const TEN_MINUTES = 600_000;

describe('pickled models', () => {
  const outcomes: Outcome[] = [];

  beforeAll(async () => {
    // One after the other: each loads a model of its own.
    for (const each of CASES) outcomes.push(await runCase(each));
    process.stdout.write(`${outcomeTable(outcomes)}\n\n${failureList(outcomes)}\n`);
  }, TEN_MINUTES);

  const idsOf = (tiers: readonly number[], ...results: readonly Outcome['result'][]) =>
    outcomes
      .filter(({ case: { tier }, result }) => tiers.includes(tier) && results.includes(result))
      .map(({ case: { id } }) => id);

  it('predicts as the library does, for all models that must or should convert', () => {
    expect(idsOf([1, 2], 'refused', 'wrong')).toEqual([]);
  });

  it('never gives a wrong number for a hard model', () => {
    expect(idsOf([3], 'wrong')).toEqual([]);
  });

  it('refuses what is no model, and what is hostile', () => {
    expect(idsOf([4, 5], 'wrong')).toEqual([]);
  });
});

if (!hasSharedCorpus) describe('the shared corpus of pickles', () => it.todo('lies at ../shared/models/pickles'));
