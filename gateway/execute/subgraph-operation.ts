/** Prepares what a fetch node of a plan sends: its document parsed once, its hash, the variables it uses. */
import { createHash } from 'node:crypto';
import { parse } from 'graphql';
import type { FetchNode } from '#gateway/plan/query-plan.js';
import type { ResponseObject, SubgraphOperation } from './subgraph-transport.js';

export function prepareOperation(node: FetchNode): SubgraphOperation {
  return operationOf({
    subgraph: node.serviceName,
    document: node.operationDocumentNode ?? parse(node.operation, { noLocation: true }),
    text: node.operation,
    operationName: node.operationName,
    kind: node.operationKind,
  });
}

export function operationOf(parts: Omit<SubgraphOperation, 'hash'>): SubgraphOperation {
  return { ...parts, hash: createHash('sha256').update(parts.text).digest('hex') };
}

export function pickVariables(names: readonly string[] | undefined, variables: ResponseObject): ResponseObject {
  const picked: ResponseObject = {};
  if (!names) return picked;
  for (const name of names) {
    const value = variables[name];
    if (value !== undefined) picked[name] = value;
  }
  return picked;
}
