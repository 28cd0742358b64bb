/** An object of JSON. Objects of GraphQL arguments have no prototype, so this asks for the shape and not for Object. */
export function isJsonObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
