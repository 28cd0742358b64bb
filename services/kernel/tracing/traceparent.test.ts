import { readTraceparent, writeTraceparent } from './traceparent.js';

const traceId = '0af7651916cd43dd8448eb211c80319c';
const spanId = 'b7ad6b7169203331';

describe('traceparent', () => {
  test('is read and written again as it was', () => {
    const header = `00-${traceId}-${spanId}-01`;
    const context = readTraceparent(header);
    expect(context).toEqual({ traceId, spanId, traceFlags: 1, isRemote: true });
    expect(context && writeTraceparent(context)).toBe(header);
  });

  test('of a later version is read as far as it is known', () => {
    expect(readTraceparent(`01-${traceId}-${spanId}-00-more`)).toMatchObject({ traceId, spanId, traceFlags: 0 });
  });

  test.each([
    undefined,
    '',
    'nonsense',
    `ff-${traceId}-${spanId}-01`,
    `00-${'0'.repeat(32)}-${spanId}-01`,
    `00-${traceId}-${'0'.repeat(16)}-01`,
    `00-${traceId.toUpperCase()}-${spanId}-01`,
    `00-${traceId}-${spanId}`,
  ])('%s is none', (header) => {
    expect(readTraceparent(header)).toBeUndefined();
  });
});
