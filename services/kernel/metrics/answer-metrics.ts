import { timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type MeasureHttp, measureHttp } from './http-metrics.js';
import type { Metrics } from './metrics.js';

export interface MetricsEndpoint {
  readonly metrics: Metrics;
  readonly http: MeasureHttp;
  /** Whoever sends it as bearer token may read; without one only this machine may. */
  readonly token: string | undefined;
}

export function metricsEndpoint(metrics: Metrics, token?: string): MetricsEndpoint {
  return { metrics, http: measureHttp(metrics), token };
}

/** `/metrics` in the text format of Prometheus. False when the request asks for something else. */
export async function answerMetrics(
  request: IncomingMessage,
  response: ServerResponse,
  { metrics, token }: MetricsEndpoint,
): Promise<boolean> {
  if (request.url?.split('?')[0] !== '/metrics') return false;
  if (!mayRead(request, token)) refuse(response, token);
  else {
    const text = await metrics.text();
    response.writeHead(200, { 'content-type': metrics.registry.contentType }).end(text);
  }
  return true;
}

function mayRead(request: IncomingMessage, token: string | undefined): boolean {
  if (token === undefined) return isOfThisMachine(request);
  const given = Buffer.from(request.headers.authorization ?? '');
  const wanted = Buffer.from(`Bearer ${token}`);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

/** Through a proxy on this machine everybody seems to be here; most proxies say for whom they ask. */
function isOfThisMachine({ socket, headers }: IncomingMessage): boolean {
  const forwarded = headers.forwarded ?? headers['x-forwarded-for'] ?? headers['x-real-ip'] ?? headers.via;
  return forwarded === undefined && /^(::ffff:)?127\.|^::1$/.test(socket.remoteAddress ?? '');
}

function refuse(response: ServerResponse, token: string | undefined): void {
  const how =
    token === undefined ? 'from the machine of the hub, or set METRICS_TOKEN' : 'with METRICS_TOKEN as bearer token';
  response.writeHead(token === undefined ? 403 : 401, { 'content-type': 'text/plain; charset=utf-8' });
  response.end(`Ask for the metrics ${how}.\n`);
}
