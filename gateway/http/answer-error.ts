import type { ServerResponse } from 'node:http';
import { GraphQLError } from 'graphql';
import type { BodyError } from './read-body.js';

export function answerError(response: ServerResponse, status: number, error: GraphQLError): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' });
  response.end(JSON.stringify({ errors: [error.toJSON()] }));
}

export function errorOf({ message, code, details }: BodyError): GraphQLError {
  return new GraphQLError(message, { extensions: { code, ...details } });
}
