import type { ResponsePath } from 'graphql';

/** An object or a list of the answer, as what holds values under keys. */
export interface Holder {
  [key: string | number]: unknown;
}

/** Where an object or a list stands in the answer: from it follow the path of an error, and what becomes null with it. */
export class Place {
  #gone = false;

  constructor(
    readonly above: Place | undefined,
    readonly holder: Holder,
    readonly key: string | number,
    readonly nullable: boolean,
  ) {}

  get path(): (string | number)[] {
    return this.above ? [...this.above.path, this.key] : [];
  }

  /** The same as graphql-js hands it to resolvers. */
  get linkedPath(): ResponsePath | undefined {
    return this.above && { prev: this.above.linkedPath, key: this.key, typename: undefined };
  }

  /** True when it, or something above it, has become null. */
  get gone(): boolean {
    return this.#gone || (this.above?.gone ?? false);
  }

  /** Makes the nearest place that may be null null. False when it was already: then its error has been told. */
  becomeNull(): boolean {
    let place: Place = this;
    while (!place.nullable && place.above) place = place.above;
    if (place.gone) return false;
    place.#gone = true;
    place.holder[place.key] = null;
    return true;
  }
}
