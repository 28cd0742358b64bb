import { createClient } from 'graphql-ws';
import WebSocket from 'ws';
import { type Listen, query, type Received } from './listen.js';

/** graphql-transport-ws with the usual client; it resumes by the argument "after". */
export const listenByWebSocket: Listen = ({ url, token, space }, after, hears) => {
  let socket: WebSocket | undefined;
  const client = createClient({
    url: `${url.replace('http', 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    connectionParams: { authorization: `Bearer ${token}` },
    retryAttempts: 0,
    on: {
      opened: (opened) => {
        socket = opened as WebSocket;
      },
    },
  });
  const over = new Promise<void>((resolve) => {
    client.subscribe<Received['data']>(
      { query, variables: { space, after } },
      {
        next: (received) => hears.event(received as Received),
        error: (error) => {
          if (Array.isArray(error)) hears.refused(error);
          resolve();
        },
        complete: () => {
          hears.completed();
          resolve();
        },
      },
    );
  });
  return { over: over.finally(() => socket?.terminate()), cut: () => socket?.terminate() };
};
