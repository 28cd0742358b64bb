import {
  type Attributes,
  type Context,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  TraceFlags,
  type Tracer,
  trace,
} from '@opentelemetry/api';
import { readTraceparent, writeTraceparent } from './traceparent.js';

/** What spans are begun under: a span of this process, or one of whoever called it. */
export interface TraceParent {
  readonly isRemote: boolean;
  begin(name: string, kind: SpanKind, attributes: Attributes): OpenSpan;
}

/** A span under way. It is handed on with the request, never kept in a global: what is not traced has none. */
export class OpenSpan implements TraceParent {
  readonly isRemote = false;

  constructor(
    private readonly tracer: Tracer,
    private readonly span: Span,
  ) {}

  /** For the header of a call: whoever is called goes on under this span. */
  get traceparent(): string {
    return writeTraceparent(this.span.spanContext());
  }

  begin(name: string, kind: SpanKind, attributes: Attributes): OpenSpan {
    return beginUnder(this.tracer, trace.setSpan(ROOT_CONTEXT, this.span), name, kind, attributes);
  }

  /**
   * Begins a trace of its own that names this span as where it comes from: what goes on long after a request would make its trace
   * endless. Undefined where this one is not kept.
   */
  beginLinked(name: string, kind: SpanKind, attributes: Attributes): OpenSpan | undefined {
    const context = this.span.spanContext();
    if ((context.traceFlags & TraceFlags.SAMPLED) === 0) return undefined;
    return new OpenSpan(
      this.tracer,
      this.tracer.startSpan(name, { kind, attributes, links: [{ context }] }, ROOT_CONTEXT),
    );
  }

  describe(name: string, attributes: Attributes): void {
    this.span.updateName(name);
    this.span.setAttributes(attributes);
  }

  set(attributes: Attributes): void {
    this.span.setAttributes(attributes);
  }

  /** With the code of what went wrong. Never its message: that may quote what somebody wrote. */
  end(errorCode?: string): void {
    if (errorCode !== undefined) {
      this.span.setStatus({ code: SpanStatusCode.ERROR });
      this.span.setAttribute('error.type', errorCode);
    }
    this.span.end();
  }
}

/** Begins the span of a request: under that of the client if it names one, otherwise as a trace of its own. */
export function beginRequest(tracer: Tracer, traceparent: string | undefined, name: string): OpenSpan {
  const remote = remoteParent(tracer, traceparent);
  if (remote) return remote.begin(name, SpanKind.SERVER, {});
  return beginUnder(tracer, ROOT_CONTEXT, name, SpanKind.SERVER, {});
}

/** The span of the caller, which its header names. */
export function remoteParent(tracer: Tracer, traceparent: string | undefined): TraceParent | undefined {
  const caller = readTraceparent(traceparent);
  if (!caller) return undefined;
  const context = trace.setSpanContext(ROOT_CONTEXT, caller);
  return { isRemote: true, begin: (name, kind, attributes) => beginUnder(tracer, context, name, kind, attributes) };
}

function beginUnder(tracer: Tracer, parent: Context, name: string, kind: SpanKind, attributes: Attributes): OpenSpan {
  return new OpenSpan(tracer, tracer.startSpan(name, { kind, attributes }, parent));
}
