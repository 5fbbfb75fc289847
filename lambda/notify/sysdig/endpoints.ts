import { NotifyEnvironment } from '../../../src/contract/environment';
import type { SysdigEndpoints } from '../../../src/contract/sysdig';
import { requireJsonEnv, type Environment } from '../../shared/environment';
import { isRecord } from '../../shared/guards';

/** The endpoints of the environment; none where no receiver is bound to Sysdig Monitor. */
export function sysdigEndpoints(environment: Environment): SysdigEndpoints {
  if (environment[NotifyEnvironment.SYSDIG_ENDPOINTS] === undefined) return {};
  return requireJsonEnv(environment, NotifyEnvironment.SYSDIG_ENDPOINTS, areEndpoints, 'a JSON object from names to endpoints with a url');
}

function areEndpoints(value: unknown): value is SysdigEndpoints {
  return isRecord(value) && Object.values(value).every((endpoint) => isRecord(endpoint) && typeof endpoint.url === 'string');
}
