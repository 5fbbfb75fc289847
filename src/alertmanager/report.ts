import type { AlertmanagerFile, ConfigPath, ParsedConfig, RouteConfig } from './model';
import { FindingReporter } from '../findings/reporter';

/** Reports findings about the values of an `alertmanager.yml` that was read: places are paths in the configuration. */
export function configReporter(reading: ParsedConfig): FindingReporter {
  return new FindingReporter(({ path }) => {
    if (path === undefined || typeof path === 'string') {
      return { path };
    }
    return { path, position: reading.positionOf(path), subject: reading.config && subjectOf(reading.config, path) };
  });
}

/** The name that a value belongs to, which stays the same when entries move: of its receiver, or of the receiver of its route. */
export function subjectOf(config: AlertmanagerFile, path: ConfigPath): string | undefined {
  const [root, key] = path;
  switch (root) {
    case 'receivers':
      return typeof key === 'number' ? config.receivers[key]?.name : undefined;
    case 'route':
      return receiverOfRoute(config.route, path.slice(1));
    case 'templates':
      return typeof key === 'number' ? config.templates?.[key] : undefined;
    case 'time_intervals': case 'mute_time_intervals':
      return typeof key === 'number' ? config[root]?.[key]?.name : undefined;
    case undefined:
      return undefined;
    default:
      return path.filter((step) => typeof step === 'string').join('.');
  }
}

/** Routes have no names; they inherit the receiver of the route around them. */
function receiverOfRoute(route: RouteConfig, path: ConfigPath): string | undefined {
  const [field, index, ...rest] = path;
  const child = field === 'routes' && typeof index === 'number' ? route.routes[index] : undefined;
  return (child && receiverOfRoute(child, rest)) ?? route.receiver;
}
