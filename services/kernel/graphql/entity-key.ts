import { Directive, Field, ID, ObjectType } from 'type-graphql';
import { type IdKind, isIdOf } from '../ids/id.js';

/**
 * Entities are joined by `key`, which clients never see, and not by `id`. So a query that asks a reference for nothing but its
 * `id` still has to ask the service that owns the thing - and gets null when it is gone or hidden from this viewer. With `id` as
 * the key, whoever merely refers to a thing would confirm that it exists.
 */
export const keyDescription = 'Joins the parts of this object across services; not part of the public schema.';

/** Marks the type a service owns, or adds fields to: `@Entity()` above `@ObjectType`. */
export const Entity = () => Directive('@key(fields: "key")');
export const HiddenKey = () => Directive('@inaccessible');

export interface Keyed {
  readonly key: string;
}

export function keyOf(root: { readonly key?: string; readonly id?: string }): string {
  return root.key ?? root.id ?? '';
}

/** A type of another service, known here only as something to refer to. */
export function foreignEntity(name: string): new () => Keyed {
  @Directive('@key(fields: "key", resolvable: false)')
  @ObjectType(name)
  class Foreign {
    @HiddenKey()
    @Field(() => ID, { description: keyDescription })
    readonly key: string;
  }
  return Foreign;
}

/** The reference to a thing of another service; null stays null. */
export function refer(id: string): Keyed;
export function refer(id: string | null): Keyed | null;
export function refer(id: string | null): Keyed | null {
  return id === null ? null : { key: id };
}

/** The reference, where the id names a thing of this kind: who wrote something is a person or an API client, and never both. */
export function referTo(kind: IdKind, id: string | null): Keyed | null {
  return id !== null && isIdOf(kind, id) ? refer(id) : null;
}
