import { hasGo, missingModules, Request } from './program';
import { allRequests, probes } from './requests';
import { distinct, findChangedVerdicts, findOutdatedTables, updateTables } from './update-tables';

/** The exit code that says that the tables could not be compared with the judges. */
const EXIT_SKIPPED = 3;

/** Every how many texts the check asks the judges. */
const SAMPLE_INTERVAL = 20;

/**
 * `npm run engine:update` writes the tables of verdicts anew.
 *
 * With `--check` it writes nothing: it compares the texts of the tables with those of the tests and the hash of the Go program, and
 * asks the judges about every probe and about one of 20 of the other texts; with `--check --all` about every text.
 */
function main(options: ReadonlySet<string>): number {
  const requests = distinct(allRequests());
  if (!options.has('--check')) {
    const written = updateTables(requests);
    console.log(`${requests.length} texts judged; tables written: ${written.join(', ') || 'none'}`);
    return 0;
  }
  const outdated = findOutdatedTables(requests);
  if (outdated.length > 0) {
    console.log(outdated.join('\n'));
    return 1;
  }
  const obstacle = hasGo() ? missingModules() : 'Go is not installed';
  if (obstacle) {
    console.log(`skipped: ${obstacle}, so the engine was not asked. The tables have a result of each of the ${requests.length} texts.`);
    return EXIT_SKIPPED;
  }
  const asked = options.has('--all') ? requests : sampleOf(requests);
  const changed = findChangedVerdicts(asked);
  console.log([...changed, `the engine was asked about ${asked.length} of ${requests.length} texts; results that differ: ${changed.length}`].join('\n'));
  return changed.length > 0 ? 1 : 0;
}

function sampleOf(requests: readonly Request[]): Request[] {
  const always = new Set(probes().map(({ kind, text }) => `${kind} ${text}`));
  return requests.filter(({ kind, text }, index) => index % SAMPLE_INTERVAL === 0 || always.has(`${kind} ${text}`));
}

process.exitCode = main(new Set(process.argv.slice(2)));
