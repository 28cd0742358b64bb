import { among, type Holding, holding } from '#kernel/privacy/holding.js';
import { kernelHoldings, moderationHoldings } from '#kernel/privacy/kernel-holdings.js';

/** Everything conversations holds on a person: what they said, and where others called them. */
export const heldInConversations: readonly Holding[] = [
  holding('conversation', {
    table: 'conversation',
    of: ['opener_id'],
    shows: ['id', 'space_id', 'idea_id', 'title', 'channel', 'created_at', 'hidden_at'],
  }),
  holding('message', {
    table: 'message',
    of: ['author_id'],
    shows: [
      ...['id', 'conversation_id', 'space_id', 'body', 'reply_to_id', 'mention_ids'],
      ...['created_at', 'edited_at', 'removed_at', 'hidden_at'],
    ],
  }),
  // What was said is of its author, and hidden or in a space that is closed by now; that one was called is one's own.
  holding('mention', {
    table: 'message',
    of: ['mention_ids'],
    where: among('mention_ids'),
    shows: [['messageId', 't.id'], 'conversation_id', 'author_id', 'created_at'],
  }),
  holding('reaction', {
    table: 'reaction',
    of: ['person_id'],
    shows: ['id', 'message_id', 'space_id', 'emoji', 'created_at'],
  }),
  ...moderationHoldings,
  ...kernelHoldings,
];
