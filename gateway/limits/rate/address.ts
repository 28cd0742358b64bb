import type { IncomingMessage } from 'node:http';
import { isIPv6 } from 'node:net';

/** From where a request comes. Each proxy in front adds whom it was asked by; what stands further left anybody can have written. */
export function addressOf({ headers, socket }: IncomingMessage, proxies: number): string {
  const forwarded = String(headers['x-forwarded-for'] ?? '').split(',');
  const told = proxies > 0 ? forwarded.at(-proxies)?.trim() : undefined;
  return told || (socket.remoteAddress ?? '');
}

/** Somebody with IPv6 usually has a whole network of 64 bits: all of its addresses are one caller. */
export function bucketOfAddress(address: string): string {
  const bare = address.replace(/^::ffff:(?=\d+\.)/, '').replace(/%.*$/, '');
  return isIPv6(bare) ? `${groupsOf(bare).slice(0, 4).join(':')}::/64` : bare;
}

function groupsOf(address: string): string[] {
  const [head = '', tail] = address.split('::');
  const front = head.split(':').filter(Boolean);
  if (tail === undefined) return front.map(normal);
  const back = tail.split(':').filter(Boolean);
  const zeros = Array.from({ length: Math.max(0, 8 - front.length - back.length) }, () => '0');
  return [...front, ...zeros, ...back].map(normal);
}

function normal(group: string): string {
  return Number.parseInt(group, 16).toString(16);
}
