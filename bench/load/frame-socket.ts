/**
 * As much of a WebSocket client as a subscriber needs: it reads frames without unpacking them, so that thousands of
 * subscribers cost little beside the server that is measured.
 */
import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';

export interface FrameSocket {
  send(text: string): void;
  /** Reads nothing any more. */
  pause(): void;
  close(): void;
}

export interface FrameEvents {
  /** A text message, as a view of the bytes received. */
  message(payload: Buffer): void;
  closed(reason: string): void;
}

const opcode = { text: 0x1, close: 0x8, ping: 0x9, pong: 0xa };

/** Opens a connection that speaks graphql-transport-ws. */
export function openFrameSocket(url: URL, events: FrameEvents): Promise<FrameSocket> {
  const socket = connect({ host: url.hostname, port: Number(url.port), noDelay: true });
  const key = randomBytes(16).toString('base64');
  socket.write(
    `GET ${url.pathname} HTTP/1.1\r\nhost: ${url.host}\r\nupgrade: websocket\r\nconnection: Upgrade\r\n` +
      `sec-websocket-version: 13\r\nsec-websocket-key: ${key}\r\nsec-websocket-protocol: graphql-transport-ws\r\n\r\n`,
  );
  return new Promise((resolve, reject) => {
    socket.once('error', reject);
    socket.once('data', (data) => {
      const end = data.indexOf('\r\n\r\n');
      if (!data.subarray(0, 12).toString().endsWith('101') || end < 0) {
        return reject(new Error(`No upgrade: ${data.subarray(0, 200).toString()}`));
      }
      socket.on('data', frameReader(socket, events, data.subarray(end + 4)));
      socket.on('error', (error) => events.closed(error.message));
      socket.on('close', () => events.closed('connection closed'));
      resolve({
        send: (text) => void socket.write(masked(opcode.text, Buffer.from(text))),
        pause: () => void socket.pause(),
        close: () => socket.destroy(),
      });
    });
  });
}

/** Takes bytes as they come and reports each whole frame. */
function frameReader(socket: Socket, events: FrameEvents, first: Buffer): (data: Buffer) => void {
  let rest = first;
  return (data) => {
    rest = rest.length === 0 ? data : Buffer.concat([rest, data]);
    for (;;) {
      const frame = frameOf(rest);
      if (!frame) return;
      rest = rest.subarray(frame.end);
      if (frame.opcode === opcode.text) events.message(frame.payload);
      else if (frame.opcode === opcode.ping) socket.write(masked(opcode.pong, frame.payload));
      else if (frame.opcode === opcode.close) events.closed(frame.payload.subarray(2).toString());
    }
  };
}

/** The first frame of these bytes; undefined while it is not all there. Servers do not mask. */
function frameOf(bytes: Buffer): { opcode: number; payload: Buffer; end: number } | undefined {
  if (bytes.length < 2) return undefined;
  const short = bytes.readUInt8(1) & 0x7f;
  const head = short === 127 ? 10 : short === 126 ? 4 : 2;
  if (bytes.length < head) return undefined;
  const length = short === 127 ? Number(bytes.readBigUInt64BE(2)) : short === 126 ? bytes.readUInt16BE(2) : short;
  const end = head + length;
  if (bytes.length < end) return undefined;
  return { opcode: bytes.readUInt8(0) & 0x0f, payload: bytes.subarray(head, end), end };
}

/** What a client sends must be masked; a mask of zeros leaves it as it is. */
function masked(code: number, payload: Buffer): Buffer {
  const length = payload.length;
  const head = Buffer.alloc(length < 126 ? 6 : 8);
  head.writeUInt8(0x80 | code, 0);
  head.writeUInt8(0x80 | Math.min(length, 126), 1);
  if (length >= 126) head.writeUInt16BE(length, 2);
  return Buffer.concat([head, payload]);
}
