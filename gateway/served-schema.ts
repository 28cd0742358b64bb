import { buildASTSchema, type GraphQLFormattedError, type GraphQLSchema, parse } from 'graphql';
import { declaredScopes } from '#kernel/graphql/scope.js';
import { type ScopeGuard, scopeGuard } from '#kernel/graphql/scope-guard.js';
import { documentCache } from '#kernel/http/document-cache.js';
import type { Supergraph } from './plan/supergraph.js';
import type { Sink } from './subscriptions/subscriber.js';
import type { SubscriptionRequest, Subscriptions, SubscriptionsOptions } from './subscriptions/subscriptions.js';
import { createSubscriptions } from './subscriptions/subscriptions.js';

/** The schema that is served now, and those before it that still have streams. */
export interface Schemas {
  readonly present: ServedSchema;
  /** Subscriptions open at the subgraphs. */
  readonly upstreams: number;
  replace(supergraph: Supergraph): void;
  stop(): void;
}

export function createSchemas(supergraph: Supergraph, options: Omit<SubscriptionsOptions, 'supergraph'>): Schemas {
  let present = serveSchema(supergraph, options);
  const earlier = new Set<ServedSchema>();
  const all = () => [present, ...earlier];
  return {
    get present() {
      return present;
    },
    get upstreams() {
      return all().reduce((sum, { subscriptions }) => sum + subscriptions.upstreams, 0);
    },
    replace(next) {
      for (const served of earlier) if (served.subscriptions.upstreams === 0) earlier.delete(served);
      earlier.add(present);
      present = serveSchema(next, options);
      for (const served of earlier) served.endInvalid(present);
    },
    stop() {
      for (const { subscriptions } of all()) subscriptions.stop();
    },
  };
}

/** What follows from a schema for those who listen. A reload makes another one, and this one lives as long as its streams. */
export interface ServedSchema {
  readonly schema: GraphQLSchema;
  readonly documents: ReturnType<typeof documentCache>;
  readonly subscriptions: Subscriptions;
  /** Refuses what a viewer was not given the scopes for. */
  readonly guardScopes: ScopeGuard;
  /** Ends the streams whose documents another schema does not know any more; the others go on as they began. */
  endInvalid(next: ServedSchema): void;
}

interface Live {
  readonly document: SubscriptionRequest['document'];
  end(error: GraphQLFormattedError): void;
}

function serveSchema(supergraph: Supergraph, options: Omit<SubscriptionsOptions, 'supergraph'>): ServedSchema {
  const documents = documentCache(supergraph.apiSchema);
  const subscriptions = createSubscriptions({ ...options, supergraph });
  const live = new Set<Live>();
  return {
    schema: supergraph.apiSchema,
    documents,
    guardScopes: guardOf(supergraph),
    subscriptions: {
      ...subscriptions,
      get upstreams() {
        return subscriptions.upstreams;
      },
      subscribe: (request, sink) => track(live, subscriptions, request, sink),
    },
    endInvalid(next) {
      for (const stream of live) {
        const [invalid] = next.documents.validate(stream.document);
        if (invalid) stream.end({ ...invalid.toJSON(), extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } });
      }
    },
  };
}

/** The scopes stand in the text of the supergraph; the API schema has no directives any more. */
function guardOf({ apiSchema, sdl }: Supergraph): ScopeGuard {
  const composed = buildASTSchema(parse(sdl, { noLocation: true }), { assumeValid: true, assumeValidSDL: true });
  return scopeGuard(apiSchema, declaredScopes(composed));
}

function track(
  live: Set<Live>,
  subscriptions: Subscriptions,
  request: SubscriptionRequest,
  sink: Sink,
): ReturnType<Subscriptions['subscribe']> {
  const over = () => void live.delete(stream);
  const stop = subscriptions.subscribe(request, {
    ...sink,
    fail(errors) {
      over();
      sink.fail(errors);
    },
    complete() {
      over();
      sink.complete();
    },
  });
  const stream: Live = {
    document: request.document,
    end(error) {
      over();
      stop();
      sink.fail([error]);
    },
  };
  live.add(stream);
  return () => {
    over();
    stop();
  };
}
