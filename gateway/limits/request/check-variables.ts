import { limitExceeded } from '#gateway/limits/limit-error.js';

/** Of a body, or of a message that carries the request as its payload. Costs a pass over them: only for requests that are long enough. */
export function checkVariables(request: unknown, maximum: number): void {
  const variables = member(request, 'variables') ?? member(member(request, 'payload'), 'variables');
  const value = variables === undefined ? 0 : Buffer.byteLength(JSON.stringify(variables));
  const [what, instead] = ['The variables of the request have too many bytes', 'Send fewer records at once.'];
  if (value > maximum) throw limitExceeded({ limit: 'variables', value, maximum, what, instead });
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && name in value
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined;
}
