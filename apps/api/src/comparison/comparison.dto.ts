import type { ComparedVersions, Comparison, Spread, Tallied } from '@app/comparison';
import { ApiProperty } from '../openapi/decorators.js';

/** What the scores of one version are like. */
export class SpreadDto {
  @ApiProperty({ description: 'The mean', example: 10.81 })
  readonly mean: number;

  @ApiProperty({ description: 'The standard deviation (n - 1)', example: 8.02 })
  readonly standard_deviation: number;

  @ApiProperty({ description: 'The least score', example: -4.1 })
  readonly min: number;

  @ApiProperty({ description: 'The greatest score', example: 61.3 })
  readonly max: number;
}

/** Where two versions disagree most. */
export class DifferenceDto {
  @ApiProperty({ description: 'The id of the record in the history', example: '6553f1a0019a7b3c5d000001' })
  readonly request: string;

  @ApiProperty({ description: 'What was answered', example: 12.5 })
  readonly baseline: number;

  @ApiProperty({ description: 'What the candidate says', example: 31.25 })
  readonly candidate: number;

  @ApiProperty({ description: 'candidate less baseline', example: 18.75 })
  readonly difference: number;
}

/** How often two versions name different classes. */
export class LabelsDto {
  @ApiProperty({ description: 'Pairs with labels', example: 1204, type: 'integer' })
  readonly n: number;

  @ApiProperty({ description: 'Share of them with different ones', example: 0.013 })
  readonly different_share: number;
}

/** How often scores fall between the edges. */
export class HistogramDto {
  @ApiProperty({ description: 'How many are in each bin', example: [311, 893], type: [Number] })
  readonly counts: readonly number[];

  @ApiProperty({ description: 'How many are below the first edge', example: 0, type: 'integer' })
  readonly below: number;

  @ApiProperty({ description: 'How many are above the last edge', example: 2, type: 'integer' })
  readonly above: number;
}

const HISTOGRAM = { counts: [311, 891], below: 0, above: 2 };

/** Histograms of both versions over the same edges. */
export class HistogramsDto {
  @ApiProperty({
    description: 'The edges of the bins; a score on an edge is in the bin above it, on the last one in the last bin',
    example: [0, 10, 20],
    type: [Number],
  })
  readonly edges: readonly number[];

  @ApiProperty({ description: 'Of the baseline', type: HistogramDto, example: HISTOGRAM })
  readonly baseline: HistogramDto;

  @ApiProperty({ description: 'Of the candidate', type: HistogramDto, example: HISTOGRAM })
  readonly candidate: HistogramDto;
}

const SPREAD = { mean: 10.81, standard_deviation: 8.02, min: -4.1, max: 61.3 };

/** Two versions over the same requests. */
export class ComparisonDto {
  @ApiProperty({ description: 'Requests that both have scored', example: 1204, type: 'integer' })
  readonly n: number;

  @ApiProperty({ description: 'The scores of the baseline', type: SpreadDto, example: SPREAD })
  readonly baseline: SpreadDto;

  @ApiProperty({ description: 'The scores of the candidate', type: SpreadDto, example: SPREAD })
  readonly candidate: SpreadDto;

  @ApiProperty({ description: 'Mean of candidate less baseline', example: 0.41 })
  readonly mean_difference: number;

  @ApiProperty({ description: 'Mean of the size of that difference', example: 0.97 })
  readonly mean_absolute_difference: number;

  @ApiProperty({
    description: 'Share of the requests whose scores differ by more than rounding (a billionth of the score)',
    example: 0.25,
  })
  readonly different_share: number;

  @ApiProperty({
    description: 'Where they disagree most',
    type: DifferenceDto,
    example: { request: '6553f1a0019a7b3c5d000001', baseline: 12.5, candidate: 31.25, difference: 18.75 },
  })
  readonly largest_difference: DifferenceDto;

  @ApiProperty({
    description: "Pearson's correlation; absent where one version always says the same",
    example: 0.98,
    required: false,
  })
  readonly correlation?: number;

  @ApiProperty({
    description: 'The labels; absent where the versions have none',
    type: LabelsDto,
    required: false,
    example: { n: 1204, different_share: 0.013 },
  })
  readonly labels?: LabelsDto;

  @ApiProperty({
    description: 'Histograms of both over the same edges',
    type: HistogramsDto,
    example: { edges: [0, 10, 20], baseline: HISTOGRAM, candidate: HISTOGRAM },
  })
  readonly histograms: HistogramsDto;
}

/** Why records could not be compared, and how many. */
export class SkippedDto {
  @ApiProperty({ description: 'Why', example: 'no record of the answer' })
  readonly reason: string;

  @ApiProperty({ description: 'How many', example: 3, type: 'integer' })
  readonly count: number;
}

/** A comparison of two versions. */
export class ComparedVersionsDto extends ComparisonDto {
  @ApiProperty({ description: 'The model', example: 'flight-delay' })
  readonly model: string;

  @ApiProperty({ description: 'The version that is judged', example: 2, type: 'integer' })
  readonly candidate_version: number;

  @ApiProperty({ description: 'The version it is compared with', example: 1, type: 'integer' })
  readonly baseline_version: number;

  @ApiProperty({
    description: 'Requests of the candidate that could not be compared, by reason',
    type: [SkippedDto],
    example: [{ reason: 'no record of the answer', count: 3 }],
  })
  readonly skipped: readonly Tallied[];
}

/** The wire form of a comparison between two versions. */
export function toComparedVersions(model: string, compared: ComparedVersions): ComparedVersionsDto {
  const { candidate, baseline, comparison, skipped } = compared;
  return { model, candidate_version: candidate, baseline_version: baseline, ...toComparison(comparison), skipped };
}

/** The wire form of a comparison. */
export function toComparison(comparison: Comparison): Pick<ComparisonDto, keyof ComparisonDto> {
  const { n, correlation, labels } = comparison;
  return {
    n,
    baseline: toSpread(comparison.baseline),
    candidate: toSpread(comparison.candidate),
    mean_difference: comparison.meanDifference,
    mean_absolute_difference: comparison.meanAbsoluteDifference,
    different_share: comparison.differentShare,
    largest_difference: comparison.largestDifference,
    ...(correlation !== undefined && { correlation }),
    ...(labels && { labels: { n: labels.n, different_share: labels.differentShare } }),
    histograms: comparison.histograms,
  };
}

function toSpread({ standardDeviation, ...rest }: Spread): SpreadDto {
  return { ...rest, standard_deviation: standardDeviation };
}
