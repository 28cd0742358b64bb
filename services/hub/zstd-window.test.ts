import { zstdWindow } from './zstd-window.js';

const frame = (...header: number[]) =>
  Buffer.concat([Buffer.from([0x28, 0xb5, 0x2f, 0xfd, ...header]), Buffer.alloc(16)]);

test.each([
  ['a declared window of 2 MiB', frame(0x00, 11 << 3), 2 * 1024 * 1024],
  ['a declared window of 128 MiB', frame(0x04, 17 << 3), 128 * 1024 * 1024],
  ['a declared window with a fraction', frame(0x00, (10 << 3) | 1), 1024 * 1024 * 1.125],
  ['one segment, its size in one byte', frame(0x20, 200), 200],
  ['one segment, its size in two bytes', frame(0x60, 0x00, 0x01), 512],
  ['one segment, its size in four bytes', frame(0xa0, 0, 0, 0, 0x10), 0x10000000],
  ['one segment, its size in eight bytes', frame(0xe0, 0, 0, 0, 0, 1), 2 ** 32],
  ['one segment behind the number of a dictionary', frame(0x21, 7, 200), 200],
  ['no frame', Buffer.alloc(20), undefined],
  ['too few bytes', Buffer.from([0x28, 0xb5, 0x2f, 0xfd]), undefined],
])('the window of %s', (_, head, expected) => {
  expect(zstdWindow(head)).toBe(expected);
});
