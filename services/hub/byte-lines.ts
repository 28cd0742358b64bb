/** One line of a file, without its line feed. A line over the limit has no `bytes`: it was counted, never held. */
export interface ByteLine {
  readonly number: number;
  readonly length: number;
  readonly bytes: Buffer | undefined;
}

/** Splits on bytes, because decoding first could cut a character at the border of two chunks. */
export async function* byteLines(chunks: AsyncIterable<Buffer>, limit: number): AsyncGenerator<ByteLine> {
  let line = new LineUnderWay(1, limit);
  for await (const chunk of chunks) {
    let start = 0;
    for (let end = chunk.indexOf(LINE_FEED); end !== -1; end = chunk.indexOf(LINE_FEED, start)) {
      line.add(chunk.subarray(start, end));
      yield line.finish();
      line = new LineUnderWay(line.number + 1, limit);
      start = end + 1;
    }
    line.add(chunk.subarray(start));
  }
  if (line.length > 0) yield line.finish();
}

const LINE_FEED = 0x0a;

class LineUnderWay {
  length = 0;
  private parts: Buffer[] = [];

  constructor(
    readonly number: number,
    private readonly limit: number,
  ) {}

  add(part: Buffer): void {
    this.length += part.length;
    if (this.length > this.limit) this.parts = [];
    else this.parts.push(part);
  }

  finish(): ByteLine {
    const bytes = this.length > this.limit ? undefined : Buffer.concat(this.parts);
    return { number: this.number, length: this.length, bytes };
  }
}
