import { startTraceCollector } from '#test/hub/trace-collector.js';
import { readConfig } from '../config/config.js';
import { beginRequest } from './open-span.js';
import { openTracing } from './tracing.js';

const tracingAt = (url: string) => openTracing(readConfig({ OTEL_EXPORTER_OTLP_ENDPOINT: url }));

describe('tracing', () => {
  test('is not there without an endpoint', async () => {
    expect(await openTracing(readConfig({}))).toBeUndefined();
  });

  test('sends what is left when it stops, under the name of the process', async () => {
    const collector = await startTraceCollector();
    const tracing = await tracingAt(`${collector.url}/`);
    if (tracing) beginRequest(tracing.tracer, undefined, 'told').end('FORBIDDEN');
    await tracing?.stop();
    await collector.stop();
    expect(collector.spans).toMatchObject([
      { name: 'told', process: 'weft', parent: undefined, attributes: { 'error.type': 'FORBIDDEN' } },
    ]);
  });

  test('gives up a collector that does not answer before the sending of the spans does', async () => {
    const collector = await startTraceCollector({ silent: true });
    const tracing = await tracingAt(collector.url);
    if (tracing) beginRequest(tracing.tracer, undefined, 'told').end();
    const start = performance.now();
    await tracing?.stop();
    expect(performance.now() - start).toBeLessThan(4_700); // 3 s; a request for itself is given up after 5 s
    await collector.stop();
  });
});
