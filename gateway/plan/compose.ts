/** Composition: subgraph SDLs in, one supergraph SDL out, or the reasons why they do not fit together. */
import { composeServices } from '@apollo/composition';
import { parse } from 'graphql';

export interface SubgraphDefinition {
  readonly name: string;
  readonly url: string;
  readonly sdl: string;
}

export interface Composition {
  /** Present exactly when `errors` is empty. */
  readonly supergraphSdl?: string;
  readonly errors: readonly CompositionMessage[];
  readonly hints: readonly CompositionMessage[];
}

export interface CompositionMessage {
  readonly code: string;
  readonly message: string;
}

export function compose(subgraphs: readonly SubgraphDefinition[]): Composition {
  const result = composeServices(
    subgraphs.map(({ name, url, sdl }) => ({ name, url, typeDefs: parse(sdl, { noLocation: false }) })),
  );
  if (result.errors) return { errors: result.errors.map(messageOfError), hints: [] };
  return {
    supergraphSdl: result.supergraphSdl,
    errors: [],
    hints: result.hints.map(({ definition, message }) => ({ code: definition.code, message })),
  };
}

function messageOfError(error: { readonly message: string; readonly extensions?: Record<string, unknown> }) {
  return { code: String(error.extensions?.code ?? 'COMPOSITION_ERROR'), message: error.message };
}
