/** The picture of the README: the path of an alert. Boxes and arrows are here, and `npx projen docs` draws them. */

interface Box {
  readonly title: string;
  readonly lines: readonly string[];
  /** Center, in units of the grid. */
  readonly column: number;
  readonly row: number;
  /** `own`: what the construct creates. */
  readonly kind: 'own' | 'other' | 'failure';
}

interface Arrow {
  readonly from: string;
  readonly to: string;
  readonly label?: string;
  readonly dashed?: boolean;
}

const BOXES: { readonly [name: string]: Box } = {
  prometheus: { title: 'Your Prometheus', lines: ['or collector'], column: 0, row: 0, kind: 'other' },
  amp: { title: 'AMP workspace', lines: ['rules.yml', 'alertmanager.yml'], column: 1, row: 0, kind: 'own' },
  topic: { title: 'Amazon SNS topic', lines: ['one message for', 'each notification'], column: 2, row: 0, kind: 'own' },
  receive: { title: 'receive', lines: ['AWS Lambda:', 'makes events'], column: 3, row: 0, kind: 'own' },
  queue: { title: 'SQS FIFO queues', lines: ['in order for', 'each incident'], column: 3, row: 1, kind: 'own' },
  deliver: { title: 'deliver', lines: ['AWS Lambda: retries', 'for 24 hours'], column: 2, row: 1, kind: 'own' },
  pagerduty: { title: 'PagerDuty', lines: ['Events API v2'], column: 1, row: 1, kind: 'other' },
  responder: { title: 'On-call engineer', lines: ['is paged'], column: 0, row: 1, kind: 'other' },
  notify: { title: 'notify', lines: ['AWS Lambda:', 'sends notifications'], column: 3, row: 2, kind: 'own' },
  others: { title: 'Other receivers', lines: ['webhooks, Slack,', 'and email'], column: 2, row: 2, kind: 'other' },
  letters: { title: 'Dead-letter queues', lines: ['what cannot be', 'delivered'], column: 1, row: 2, kind: 'failure' },
  alarms: { title: 'CloudWatch alarms', lines: ['one for each failure,', 'with a runbook'], column: 0, row: 2, kind: 'failure' },
};

const ARROWS: readonly Arrow[] = [
  { from: 'prometheus', to: 'amp', label: 'remote write' },
  { from: 'amp', to: 'topic', label: 'notifies' },
  { from: 'topic', to: 'receive' },
  { from: 'receive', to: 'queue' },
  { from: 'queue', to: 'deliver' },
  { from: 'deliver', to: 'pagerduty', label: 'events' },
  { from: 'pagerduty', to: 'responder' },
  { from: 'queue', to: 'notify' },
  { from: 'notify', to: 'others' },
  { from: 'deliver', to: 'letters', dashed: true },
  { from: 'letters', to: 'alarms', dashed: true },
];

const WIDTH = 176;
const HEIGHT = 84;
const GAP_X = 68;
const GAP_Y = 44;
const MARGIN = 24;
const COLUMNS = 4;
const ROWS = 3;

/** Both color schemes have a background of their own: pages that show the picture do not always follow the reader's scheme. */
const STYLE = `
    .page { fill: #ffffff; stroke: #d0d7de; }
    .box { fill: #ffffff; stroke: #57606a; }
    .own { fill: #ddf4ff; stroke: #0969da; }
    .failure { fill: #fff1e5; stroke: #bc4c00; }
    .title { fill: #1f2328; font-weight: 600; font-size: 15px; }
    .line, .label { fill: #424a53; font-size: 13px; }
    .arrow { stroke: #424a53; stroke-width: 1.6; fill: none; }
    .head { fill: #424a53; }
    .dashed { stroke-dasharray: 5 4; }
    text { font-family: system-ui, -apple-system, 'Segoe UI', Helvetica, Arial, sans-serif; text-anchor: middle; }
    @media (prefers-color-scheme: dark) {
      .page { fill: #0d1117; stroke: #30363d; }
      .box { fill: #161b22; stroke: #8b949e; }
      .own { fill: #0c2d4d; stroke: #58a6ff; }
      .failure { fill: #3d1d0a; stroke: #f0883e; }
      .title { fill: #f0f6fc; }
      .line, .label { fill: #c9d1d9; }
      .arrow { stroke: #c9d1d9; }
      .head { fill: #c9d1d9; }
    }`;

export function pipelineDiagram(): string {
  const width = 2 * MARGIN + COLUMNS * WIDTH + (COLUMNS - 1) * GAP_X;
  const height = 2 * MARGIN + ROWS * HEIGHT + (ROWS - 1) * GAP_Y;
  return [
    '<!-- Drawn by tools/docs/pipeline-diagram.ts: run `npx projen docs`. -->',
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="title">`,
    '  <title id="title">The path of an alert from Prometheus through AMP, Amazon SNS, functions, and queues to PagerDuty, webhooks, Slack, and email</title>',
    `  <style>${STYLE}\n  </style>`,
    '  <defs><marker id="head" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="8" markerHeight="8" orient="auto"><path class="head" d="M0 0 10 5 0 10z"/></marker></defs>',
    `  <rect class="page" x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="10"/>`,
    ...ARROWS.map(drawArrow),
    ...Object.values(BOXES).map(drawBox),
    '</svg>',
    '',
  ].join('\n');
}

function drawBox(box: Box): string {
  const { x, y } = centerOf(box);
  const top = y - ((box.lines.length + 1) * 18) / 2 + 14;
  return [
    `  <rect class="box${box.kind === 'other' ? '' : ` ${box.kind}`}" x="${x - WIDTH / 2}" y="${y - HEIGHT / 2}" width="${WIDTH}" height="${HEIGHT}" rx="8"/>`,
    `  <text class="title" x="${x}" y="${top}">${box.title}</text>`,
    ...box.lines.map((line, index) => `  <text class="line" x="${x}" y="${top + 18 * (index + 1)}">${line}</text>`),
  ].join('\n');
}

/** Straight between neighbors; down from the row above and then sideways to a box that is further away. */
function drawArrow({ from, to, label, dashed }: Arrow): string {
  const [start, end] = [BOXES[from], BOXES[to]];
  const [a, b] = [centerOf(start), centerOf(end)];
  const className = `arrow${dashed ? ' dashed' : ''}`;
  if (start.row === end.row) {
    const direction = Math.sign(end.column - start.column);
    const [x1, x2] = [a.x + direction * WIDTH / 2, b.x - direction * (WIDTH / 2 + 2)];
    const text = label === undefined ? '' : `\n  <text class="label" x="${(x1 + x2) / 2}" y="${a.y - 8}">${label.replace(' ', `</text>\n  <text class="label" x="${(x1 + x2) / 2}" y="${a.y + 18}">`)}</text>`;
    return `  <path class="${className}" d="M${x1} ${a.y}H${x2}" marker-end="url(#head)"/>${text}`;
  }
  const [y1, y2] = [a.y + HEIGHT / 2, b.y - HEIGHT / 2 - 2];
  const middle = (y1 + y2) / 2;
  const path = start.column === end.column ? `M${a.x} ${y1}V${y2}` : `M${a.x} ${y1}V${middle}H${b.x}V${y2}`;
  return `  <path class="${className}" d="${path}" marker-end="url(#head)"/>`;
}

function centerOf({ column, row }: Box): { readonly x: number; readonly y: number } {
  return { x: MARGIN + column * (WIDTH + GAP_X) + WIDTH / 2, y: MARGIN + row * (HEIGHT + GAP_Y) + HEIGHT / 2 };
}
