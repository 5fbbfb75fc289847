import { hasGo } from './program';
import { allRequests } from './requests';
import { updateTables } from './verdicts';

/** `npm run engine:update` writes the tables of verdicts anew; with `--check` it only compares them. */
function main(checkOnly: boolean): number {
  if (!hasGo()) {
    console.log('skipped: Go is not installed, so the engine cannot be asked');
    return checkOnly ? 0 : 1;
  }
  const requests = allRequests();
  const outdated = updateTables(requests, checkOnly);
  console.log(`${requests.length} texts judged; tables ${checkOnly ? 'outdated' : 'written'}: ${outdated.join(', ') || 'none'}`);
  return checkOnly && outdated.length > 0 ? 1 : 0;
}

process.exitCode = main(process.argv.includes('--check'));
