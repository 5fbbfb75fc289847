import * as fc from 'fast-check';
import { EnvironmentBudget, namesThatFit } from '../../src/relay/environment-size';

test('the first names are kept: two at least, and no more than fit', () => {
  fc.assert(fc.property(fc.array(fc.string({ unit: 'grapheme', maxLength: 300 }), { maxLength: 60 }), (names) => {
    const fitting = namesThatFit(names);
    expect(fitting).toEqual(names.slice(0, fitting.length));
    expect(fitting.length).toBeGreaterThanOrEqual(Math.min(2, names.length));
    expect(fitting.length <= 2 || Buffer.byteLength(JSON.stringify(fitting)) <= EnvironmentBudget.ROUTING_KEY_NAMES).toBe(true);
    const next = names.slice(0, fitting.length + 1);
    expect(next.length === fitting.length || Buffer.byteLength(JSON.stringify(next)) > EnvironmentBudget.ROUTING_KEY_NAMES).toBe(true);
  }));
});
