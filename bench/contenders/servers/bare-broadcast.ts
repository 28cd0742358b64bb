/** What no server of subscriptions can beat: each message is put together once and sent to every socket. */
import { type WebSocket, WebSocketServer } from 'ws';
import { announce, config, stopOnSignal } from './surroundings.js';

const sockets = new WebSocketServer({
  host: '127.0.0.1',
  port: config.PORT,
  path: '/graphql',
  perMessageDeflate: false,
  handleProtocols: () => 'graphql-transport-ws',
});
sockets.on('listening', announce);
sockets.on('connection', (socket) => {
  socket.on('message', (data) => {
    const message = JSON.parse(String(data)) as { type: string; payload: { count: number; text: string } };
    if (message.type === 'connection_init') socket.send('{"type":"connection_ack"}');
    if (message.type === 'broadcast') broadcast(socket, message.payload);
  });
});
stopOnSignal(async () => {
  for (const socket of sockets.clients) socket.terminate();
  sockets.close();
});

function broadcast(asking: WebSocket, { count, text }: { count: number; text: string }): void {
  const others = [...sockets.clients].filter((socket) => socket !== asking);
  for (let sent = 0; sent < count; sent += 1) {
    for (const socket of others) socket.send(text);
  }
}
