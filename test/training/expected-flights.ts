const TEXTS = ['carrier', 'origin', 'dest'];

/** A flight, and what the two models answer for it in Python. */
export interface ExpectedFlight {
  readonly features: Readonly<Record<string, number | string | null>>;
  readonly delay: number;
  readonly late: number;
}

/** Reads what expected_scores.py wrote. */
export function expectedFlights(csv: string): ExpectedFlight[] {
  const [head, ...lines] = csv.trim().split('\n');
  const columns = head!.split(',');
  return lines.map((line) => flightOf(columns, line.split(',')));
}

function flightOf(columns: readonly string[], cells: readonly string[]): ExpectedFlight {
  const named = columns.map((name, i) => [name, valueOf(name, cells[i]!)] as const);
  const { expected_delay: delay, expected_late: late, ...features } = Object.fromEntries(named);
  return { features, delay: delay as number, late: late as number };
}

function valueOf(name: string, cell: string): number | string | null {
  if (TEXTS.includes(name)) return cell;
  return cell === '' ? null : Number(cell);
}
