import { probes } from './requests';
import { verdictsOf } from './verdicts';

test('the committed tables have the result of every probe, without Go', () => {
  const path = process.env.PATH;
  try {
    process.env.PATH = '/nonexistent';
    expect(verdictsOf(probes()).every((verdicts) => verdicts.length > 1)).toBe(true);
  } finally {
    process.env.PATH = path;
  }
});

test('a text that they lack fails and says what to do, whether Go is installed or not', () => {
  expect(() => verdictsOf([...probes().slice(0, 2), { kind: 'template', text: 'a text that nobody asked about' }])).toThrow(
    /^1 of 3 texts are not in test\/engine\/tables: add them to test\/engine\/requests\.ts .* run `npm run engine:update`/,
  );
});
