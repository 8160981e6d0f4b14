// Summaries → Markdown.

/** The whole report: the machine, the settings, and for each Node a table a scenario and one of memory. */
export function report({ machine, settings, runs }) {
  const facts = Object.entries({ ...machine, ...settings }).map(([name, value]) => [name, value]);
  return [
    '# Results',
    'Made by `npm run bench`; what is compared, and how, is in [README.md](README.md).',
    table(['', ''], facts),
    ...runs.map(reportOfRun),
  ].join('\n\n');
}

/** The few lines of the main README: Scorekeeper beside the reference. */
export function shortReport({ machine, runs }) {
  const rows = runs.flatMap(({ node, rows: all }) =>
    all.filter(({ service }) => service === 'Scorekeeper').map((row) => [node, row.scenario, ...shortCells(row)]),
  );
  const head = ['Node', 'requests', 'per second', '× bare server', 'p50 / p99 ms', 'CPU µs: server + database'];
  return `Measured on ${machine.date}, ${machine.processor}:\n\n${table(head, rows)}`;
}

function shortCells({ perSecond, speedRatio, p50Ms, p99Ms, serverUs, engineUs }) {
  const latency = `${milliseconds(p50Ms)} / ${milliseconds(p99Ms)}`;
  return [whole(perSecond), ratio(speedRatio), latency, `${whole(serverUs)} + ${whole(engineUs)}`];
}

function reportOfRun({ node, scenarios, services, rows }) {
  const tables = scenarios.map(({ name }) => {
    const measured = rows.filter(({ scenario }) => scenario === name);
    return `### ${name}\n\n${speedTable(measured)}${absence(services, measured)}`;
  });
  return [
    `## Node ${node}`,
    ...tables,
    `### memory, after one row at the highest concurrency\n\n${memoryTable(rows)}`,
  ].join('\n\n');
}

function absence(services, measured) {
  const absent = services.filter((name) => !measured.some(({ service }) => service === name));
  return absent.map((name) => `\n\n${name} has no such route.`).join('');
}

const SPEED_HEAD = ['service', 'per second', '× reference', 'p50 ms', 'p99 ms', 'CPU µs server', 'CPU µs database'];

function speedTable(rows) {
  const cells = (row) => [
    row.service,
    whole(row.perSecond),
    ratio(row.speedRatio),
    milliseconds(row.p50Ms),
    milliseconds(row.p99Ms),
    whole(row.serverUs),
    whole(row.engineUs),
    ratio(row.cpuRatio),
    row.failed,
  ];
  return table([...SPEED_HEAD, 'CPU × reference', 'failed'], rows.map(cells));
}

function memoryTable(rows) {
  const last = rows.findLast(({ scenario }) => scenario.startsWith('one row, ')).scenario;
  const measured = rows.filter(({ scenario }) => scenario === last);
  const cells = measured.map(({ service, serverMb, treeMb }) => [service, whole(serverMb), whole(treeMb)]);
  return table(['service', 'server RSS MB', 'with its database RSS MB'], cells);
}

function table(head, rows) {
  const line = (cells) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

function whole(number) {
  return Math.round(number).toLocaleString('en');
}

function ratio(number) {
  return number.toFixed(number < 1 ? 3 : 2);
}

function milliseconds(number) {
  return number.toFixed(2);
}
