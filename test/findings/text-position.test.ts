import * as fc from 'fast-check';
import { TextPosition } from '../../src/findings/text-position';

test('line and column of every place are those that one counts', () => {
  fc.assert(fc.property(fc.array(fc.constantFrom('a', 'é', '\n', '\r'), { maxLength: 30 }), (characters) => {
    const text = characters.join('');
    const positions = new TextPosition(text);
    for (let offset = 0; offset <= text.length; offset++) {
      const lines = text.slice(0, offset).split('\n');
      expect(positions.of(offset)).toEqual({ line: lines.length, column: lines[lines.length - 1].length + 1 });
    }
  }));
});
