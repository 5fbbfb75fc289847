import * as fc from 'fast-check';
import { backoffSeconds } from '../../../lambda/shared/queue/backoff';

const DAY = 86_400;
const longest = () => 0;
const shortest = () => 1;

test('doubles from one second to five minutes', () => {
  expect([1, 2, 3, 9, 10, 1000].map((attempt) => backoffSeconds(attempt, DAY, 0, longest))).toEqual([1, 2, 4, 256, 300, 300]);
});

test('is shortened by up to half', () => {
  expect([1, 2, 3, 9, 10].map((attempt) => backoffSeconds(attempt, DAY, 0, shortest))).toEqual([1, 1, 2, 128, 150]);
});

test('is never shorter than PagerDuty asks for, nor longer than a quarter of an hour because of it', () => {
  expect(backoffSeconds(1, DAY, 30, longest)).toBe(30);
  expect(backoffSeconds(10, DAY, 30, longest)).toBe(300);
  expect(backoffSeconds(1, DAY, 7200, longest)).toBe(900);
});

test('is always a visibility timeout that SQS takes, and leaves the window before the thousand receives of a queue are used up', () => {
  fc.assert(fc.property(fc.integer({ min: 1, max: 14 }), fc.double({ min: 0, max: 1, noNaN: true }), (days, random) => {
    let seconds = 0;
    let attempt = 0;
    while (seconds < days * DAY) {
      const delay = backoffSeconds(++attempt, days * DAY, 0, () => random);
      expect(Number.isInteger(delay) && delay >= 1 && delay <= 43_200).toBe(true);
      seconds += delay;
    }
    expect(attempt).toBeLessThan(1000);
  }), { numRuns: 30 });
});
