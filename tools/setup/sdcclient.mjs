// Sysdig's own client, the independent implementation that the requests to Sysdig Monitor are checked with.
import { pythonPackages } from './python-packages.mjs';

export function sdcclient() {
  pythonPackages('sdcclient', { modules: ['sdcclient'], pip: ['sdcclient==0.19.0'] });
}
