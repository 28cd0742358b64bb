import { z } from 'zod';

/** Building blocks of event data: ids and small facts, nothing a person wrote. */
export const id = z.string();
export const ids = z.array(z.string());
export const optionalId = z.string().nullable();

export function event<Shape extends z.ZodRawShape>(description: string, shape: Shape) {
  return { description, data: z.strictObject(shape) };
}
