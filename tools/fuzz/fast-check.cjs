// What `fast-check` is to the tests (`moduleNameMapper` of Jest). A check plays the same inputs each time: what it finds is the fault of the
// change. New counterexamples are what `npm run fuzz` looks for, with another seed each time and more runs.
const fc = require('../../node_modules/fast-check/lib/cjs/fast-check.js');

const SEED_OF_THE_CHECK = 1;

const { PROPERTY_SEED: seed = String(SEED_OF_THE_CHECK), PROPERTY_FACTOR: factor = '1', PROPERTY_SECONDS: seconds } = process.env;

fc.configureGlobal({ seed: Number(seed) });

module.exports = {
  ...fc,
  assert: (property, parameters = {}) => fc.assert(property, {
    ...parameters,
    numRuns: (parameters.numRuns ?? 100) * Number(factor),
    ...(seconds !== undefined && { interruptAfterTimeLimit: Number(seconds) * 1000, markInterruptAsFailure: false }),
  }),
};
