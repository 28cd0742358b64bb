import type { Holder, Place } from './place.js';
import type { ObjectShape } from './query-shape.js';

/** Objects of one shape, anywhere in the answer: each row with the object it becomes and the place of that object. */
export interface Objects {
  readonly rows: unknown[];
  readonly results: Holder[];
  readonly places: Place[];
}

/** The objects under one field of many parents, by shape. They are worked on together, so that what they need is asked for at once. */
export class ObjectsByShape {
  readonly #known = new Map<ObjectShape, Objects>();
  /** Objects whose type is not known yet. */
  readonly waiting: Promise<unknown>[] = [];

  add(shape: ObjectShape, row: unknown, result: Holder, place: Place): void {
    const objects = this.#of(shape);
    objects.rows.push(row);
    objects.results.push(result);
    objects.places.push(place);
  }

  /** Undefined when nothing has to be waited for. */
  workOn(work: (shape: ObjectShape, objects: Objects) => Promise<unknown> | undefined): Promise<unknown> | undefined {
    for (const [shape, objects] of this.#known) {
      const working = work(shape, objects);
      if (working) this.waiting.push(working);
    }
    return this.waiting.length > 0 ? Promise.all(this.waiting) : undefined;
  }

  #of(shape: ObjectShape): Objects {
    const known = this.#known.get(shape);
    if (known) return known;
    const made: Objects = { rows: [], results: [], places: [] };
    this.#known.set(shape, made);
    return made;
  }
}
