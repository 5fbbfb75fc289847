// Starts the tests that take longest first. Jest orders by the size of files on a machine that has not run them before, and the longest tests
// are short files: the last of them would run alone, with the other cores idle.
const path = require('node:path');
const { default: Sequencer } = require('@jest/test-sequencer');

/** The longest first. They start processes, wait for real timers, or play many seeds. */
const LONG_TESTS = [
  'test/sandbox/parity/corpus.test.ts',
  'test/sandbox/chaos/chaos.test.ts',
  'test/lambda/deliver/pace/storm.test.ts',
  'test/sandbox/parity/configurations.test.ts',
  'test/sandbox/story/sandbox.test.ts',
  'test/sandbox/redeployment/redeployment.test.ts',
  'test/packed/packed.test.ts',
  'test/sandbox/parity/parity.test.ts',
  'test/alertmanager/read/agreement.test.ts',
  'test/message/parity.test.ts',
  'test/sandbox/pipeline/pipeline.test.ts',
  'test/sandbox/pipeline/hanging-webhook.test.ts',
  'test/lambda/deliver/order/path.property.test.ts',
  'test/lambda/receive/formats/setups.property.test.ts',
  'test/lambda/definition/histories.property.test.ts',
];

module.exports = class LongTestsFirst extends Sequencer {
  sort(tests) {
    const sorted = super.sort(tests);
    const rank = ({ context, path: file }) => {
      const index = LONG_TESTS.indexOf(path.relative(context.config.rootDir, file).split(path.sep).join('/'));
      return index === -1 ? LONG_TESTS.length : index;
    };
    // The sort is stable: all others keep Jest's order.
    return [...sorted].sort((left, right) => rank(left) - rank(right));
  }
};
module.exports.LONG_TESTS = LONG_TESTS;
