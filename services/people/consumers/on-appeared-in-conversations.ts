import type { Consumer } from '#kernel/consumers/consumer.js';
import { appearanceTurn, recordAppearances } from '../appearance/appearance.repository.js';

/** Who said something in a space is known there to all who see the space. Who is merely mentioned is not. */
export const onAppearedInConversations: Consumer = {
  name: 'on-appeared-in-conversations',
  source: 'conversations',
  types: ['conversations.conversation.opened', 'conversations.message.posted', 'conversations.message.reacted'],
  inTurn: appearanceTurn,
  async handle(events, tx) {
    await recordAppearances(
      tx,
      events.flatMap(({ space, actor }) =>
        space === null || actor === null ? [] : [{ person: actor, space, by: actor }],
      ),
    );
  },
};
