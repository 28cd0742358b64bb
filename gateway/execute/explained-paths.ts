/** The response paths that already have an error, so that a null found there later is not reported a second time. */
import { remember } from './remember.js';

export type ResponsePathKeys = readonly (string | number)[];

interface PathNode {
  readonly children: Map<string | number, PathNode>;
  ends: boolean;
}

export class ExplainedPaths {
  readonly #root: PathNode = { children: new Map(), ends: false };

  add(path: ResponsePathKeys): void {
    let node = this.#root;
    for (const key of path) node = remember(node.children, key, () => ({ children: new Map(), ends: false }));
    node.ends = true;
  }

  /** True when an error stands at this path, above it, or beneath it (its null travelled upwards to here). */
  explains(path: ResponsePathKeys): boolean {
    let node = this.#root;
    for (const key of path) {
      if (node.ends) return true;
      const child = node.children.get(key);
      if (!child) return false;
      node = child;
    }
    return true;
  }
}
