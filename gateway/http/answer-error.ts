import type { ServerResponse } from 'node:http';
import type { GraphQLError } from 'graphql';

export function answerError(response: ServerResponse, status: number, error: GraphQLError): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' });
  response.end(JSON.stringify({ errors: [error.toJSON()] }));
}
