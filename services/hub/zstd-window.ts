/**
 * How far back the data of a Zstandard stream may refer, from its first bytes (RFC 8878, section 3.1.1.1), or undefined
 * where they are no frame header.
 */
export function zstdWindow(head: Buffer): number | undefined {
  if (head.length < 18 || head.readUInt32LE(0) !== FRAME_MAGIC) return undefined;
  const descriptor = head.readUInt8(4);
  const isSingleSegment = (descriptor & 0x20) !== 0;
  if (!isSingleSegment) return declaredWindow(head.readUInt8(5));
  const dictionaryBytes = [0, 1, 2, 4][descriptor & 3] ?? 0;
  return contentSize(head, 5 + dictionaryBytes, descriptor >> 6);
}

const FRAME_MAGIC = 0xfd2fb528;

function declaredWindow(descriptor: number): number {
  const base = 2 ** (10 + (descriptor >> 3));
  return base + (base / 8) * (descriptor & 7);
}

/** Without a window of its own, a frame refers back over all of its content. */
function contentSize(head: Buffer, offset: number, sizeFlag: number): number {
  switch (sizeFlag) {
    case 0:
      return head.readUInt8(offset);
    case 1:
      return head.readUInt16LE(offset) + 256;
    case 2:
      return head.readUInt32LE(offset);
    default:
      return Number(head.readBigUInt64LE(offset));
  }
}
