import type { IncomingMessage, ServerResponse } from 'node:http';
import { type DocumentNode, type GraphQLError, parse, validate } from 'graphql';
import { createHandler } from 'graphql-http/lib/use/http';
import type { Logger } from 'pino';
import type { Viewer } from '../auth/viewer.js';
import { type ViewerSigner, viewerHeader } from '../auth/viewer-header.js';
import { executeOperation } from '../runtime/execute-operation.js';
import type { RunningService } from '../runtime/service.js';
import { answerHealth } from './health.js';
import { type RunningHttpServer, startHttpServer } from './http-server.js';

export const requestIdHeader = 'x-request-id';

export interface SubgraphServerOptions {
  readonly host: string;
  readonly port: number;
  readonly signer: ViewerSigner;
  readonly log: Logger;
}

/**
 * Serves a service as a subgraph of its own process. Every call, `_entities` and `_service` included, needs a viewer that the
 * gateway signed: whoever can reach the port cannot therefore read it.
 */
export function serveSubgraph(service: RunningService, options: SubgraphServerOptions): Promise<RunningHttpServer> {
  const handleGraphQL = graphqlHandler(service);
  return startHttpServer({
    ...options,
    failed: (error) => options.log.error({ err: error }, 'request failed'),
    async handle(request, response) {
      if (await answerHealth(request, response, [service])) return;
      const viewer = await options.signer.verify(request.headers[viewerHeader]?.toString());
      if (!viewer) return refuseUnsigned(response);
      viewers.set(request, viewer);
      await handleGraphQL(request, response);
    },
  });
}

const viewers = new WeakMap<IncomingMessage, Viewer>();

function graphqlHandler(service: RunningService) {
  const documents = documentCache(service);
  return createHandler({
    schema: service.schema,
    parse: (source) => documents.parse(String(typeof source === 'string' ? source : source.body)),
    validate: (_schema, document) => documents.validate(document),
    context: (request) => {
      const raw = request.raw as IncomingMessage;
      const requestId = raw.headers[requestIdHeader]?.toString() ?? '';
      return service.createContext({ viewer: viewers.get(raw) ?? { kind: 'anonymous' }, requestId }) as never;
    },
    execute: (args) =>
      executeOperation(
        service,
        args.document,
        args.operationName ?? undefined,
        args.variableValues ?? {},
        args.contextValue as never,
      ),
  });
}

const maxDocuments = 2_000;

/** The gateway sends the same few documents again and again: each is parsed and validated once. */
function documentCache(service: RunningService) {
  const byText = new Map<string, DocumentNode>();
  const validated = new WeakMap<DocumentNode, readonly GraphQLError[]>();
  return {
    parse(text: string): DocumentNode {
      const known = byText.get(text);
      if (known) return known;
      const document = parse(text);
      if (byText.size >= maxDocuments) byText.clear();
      byText.set(text, document);
      return document;
    },
    validate(document: DocumentNode): readonly GraphQLError[] {
      const known = validated.get(document);
      if (known) return known;
      const errors = validate(service.schema, document);
      validated.set(document, errors);
      return errors;
    },
  };
}

function refuseUnsigned(response: ServerResponse): void {
  response.writeHead(401, { 'content-type': 'application/json' });
  const message = 'This is a subgraph of the hub: it answers calls that the gateway signed. Ask the gateway instead.';
  response.end(JSON.stringify({ errors: [{ message, extensions: { code: 'UNSIGNED_CALL' } }] }));
}
