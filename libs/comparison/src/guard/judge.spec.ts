import { type Evidence, type GuardRules, judge, type Totals } from './judge.js';

const RULES: GuardRules = {
  minRows: 200,
  afterMinutes: 10,
  onceHeld: 'promote',
  maxErrorRateIncrease: 0.01,
  maxLatencyRatio: 2,
  maxScoreShift: 0.2,
};
const WELL: Totals = { rows: 400, requests: 400, failures: 2, ms: 398 };
const EVIDENCE: Evidence = { active: WELL, canary: WELL, scoreShift: 0.1, minutes: 10 };

describe('judge', () => {
  it('finds that a canary has held when it did so for long enough', () => {
    expect(judge(RULES, EVIDENCE)).toEqual({
      verdict: 'held',
      reason:
        'error rate 0.005 beside 0.005, at most 0.01 more; 1 ms a request beside 1, at most 2 times as long; ' +
        'score shift 0.1, at most 0.2; 400 rows of the canary, 400 of the active version; for 10 minutes',
    });
  });

  it.each<[string, Partial<Evidence>]>([
    ['it has too few rows', { canary: { ...WELL, rows: 199, failures: 199 } }],
    ['the active version has too few rows', { active: { ...WELL, rows: 199 } }],
    ['time is left', { minutes: 9.9 }],
    ['its scores are not known', { scoreShift: NaN }],
    ['none of its answers was timed', { canary: { rows: 400, requests: 0, failures: 0, ms: 0 } }],
  ])('waits while %s', (_, part) => {
    expect(judge(RULES, { ...EVIDENCE, ...part }).verdict).toBe('waiting');
  });

  it.each<[string, Partial<Evidence>]>([
    ['fails more often', { canary: { ...WELL, failures: 7 } }],
    ['is slower', { canary: { ...WELL, ms: 797 } }],
    ['scores differently', { scoreShift: 0.21 }],
  ])('finds a canary broken that %s, at once', (_, part) => {
    expect(judge(RULES, { ...EVIDENCE, ...part, minutes: 0 }).verdict).toBe('broken');
  });

  it('asks only for what the rules name', () => {
    const { maxScoreShift: _shift, ...rules } = RULES;
    expect(judge(rules, { ...EVIDENCE, scoreShift: 1 }).verdict).toBe('held');
  });
});
