import { FINDING_CODES } from '../findings/codes';
import { documentationUrl, packageVersion } from '../findings/documentation';
import { Finding, isError } from '../findings/finding';
import { findingUrl, formatFindings } from '../findings/format';

/** How findings are printed. */
export const FORMATS = ['text', 'json', 'github', 'sarif'] as const;
export type Format = (typeof FORMATS)[number];

/** Findings for a person, with the severities in color on a terminal. */
export function formatText(findings: readonly Finding[], colors: boolean): string {
  if (findings.length === 0) {
    return '';
  }
  const text = formatFindings(findings);
  return `${colors ? text.replace(/^(\S.*?:\d+:\d+ |)(error|warning)(?=: )/gm, (_, place: string, severity: string) => `${place}${color(severity)}`) : text}\n`;
}

function color(severity: string): string {
  return `\u001b[${severity === 'error' ? 31 : 33}m${severity}\u001b[0m`;
}

export function formatJson(findings: readonly Finding[]): string {
  const objects = findings.map(({ code, severity, message, fix, path, subject, position }) => (
    { code, severity, message, fix, path, subject, ...position }
  ));
  return `${JSON.stringify(objects, undefined, 2)}\n`;
}

/**
 * Workflow commands, which GitHub Actions shows at the lines of a pull request.
 *
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
 */
export function formatGitHub(findings: readonly Finding[]): string {
  return findings.map((finding) => {
    const { position } = finding;
    const place = position ? `file=${property(position.file)},line=${position.line},col=${position.column},` : '';
    return `::${isError(finding) ? 'error' : 'warning'} ${place}title=${property(finding.code)}::${data(textOf(finding))}\n`;
  }).join('');
}

function data(text: string): string {
  return text.replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A');
}

function property(text: string): string {
  return data(text).replace(/:/g, '%3A').replace(/,/g, '%2C');
}

/**
 * The Static Analysis Results Interchange Format, which code scanning services read.
 *
 * @param file where results without a place of their own are shown: GitHub refuses a file with a result that has no location.
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export function formatSarif(findings: readonly Finding[], file: string): string {
  const codes = [...new Set(findings.map(({ code }) => code))];
  const run = {
    tool: {
      driver: {
        name: 'cdk-amp-pagerduty',
        version: packageVersion(),
        informationUri: documentationUrl('README.md'),
        rules: codes.map((code) => ({
          id: code, shortDescription: { text: FINDING_CODES[code].meaning }, help: { text: FINDING_CODES[code].remedy }, helpUri: findingUrl(code),
        })),
      },
    },
    columnKind: 'utf16CodeUnits',
    results: findings.map((finding) => ({
      ruleId: finding.code,
      ruleIndex: codes.indexOf(finding.code),
      level: isError(finding) ? 'error' : 'warning',
      message: { text: textOf(finding) },
      locations: [locationOf(finding.position ?? { file, line: 1, column: 1 })],
    })),
  };
  return `${JSON.stringify({ $schema: 'https://json.schemastore.org/sarif-2.1.0.json', version: '2.1.0', runs: [run] }, undefined, 2)}\n`;
}

function locationOf({ file, line, column }: NonNullable<Finding['position']>): object {
  const uri = file.split('/').map(encodeURIComponent).join('/');
  return { physicalLocation: { artifactLocation: { uri }, region: { startLine: line, startColumn: column } } };
}

function textOf({ message, path, fix }: Finding): string {
  return `${message}${path === undefined ? '' : ` (${path})`}${fix === undefined ? '' : `\n${fix}`}`;
}
