import { type Answer, type Answered, refer, withoutHidden } from './answers.js';
import { byId } from './by-id.js';
import type { CopiedService, Copy, Deed } from './copied-service.js';
import { attempt, change, make } from './do.js';
import { openPrivateSpace, type PrivateSpace } from './private-space.js';
import { readPages } from './read-pages.js';

interface Scene extends PrivateSpace {
  readonly conversations: string[];
  readonly messages: string[];
}

interface ConversationShown {
  readonly id: string;
}

interface ConversationWithAll extends ConversationShown {
  readonly all: { readonly nodes: readonly Answer[] };
}

const message = `id body removed createdAt editedAt author { id } conversation { id } mentions { id }
  reactionCounts { emoji count viewerReacted } replyTo { id }`;
const messageWithReplies = `${message} replies(first: 100) { nodes { id } }`;
const conversation = 'id title channel createdAt messageCount lastMessageAt opener { id } space { id } idea { id }';
const conversationWithAll = `${conversation} all: messages(first: 100) { nodes { ${message} } }`;

interface ConversationEvent {
  readonly kind: string;
  readonly conversationId: string;
  readonly messageId: string | null;
  readonly conversation: ConversationWithAll | null;
  readonly message: Answered | null;
}

/** Conversations and messages as lists show them: what is hidden is in none, not even for those who may read it. */
class ConversationsCopy implements Copy {
  private readonly conversations = new Map<string, ConversationShown>();
  private readonly messages = new Map<string, Map<string, Answer>>();
  /** Messages that were there at the start, were told of as new, or had been hidden. */
  private readonly arrived = new Set<string>();

  constructor(conversations: readonly ConversationWithAll[]) {
    for (const shown of conversations) this.put(shown);
  }

  apply(stream: string, event: unknown): void {
    if (stream === 'messagePosted') this.takeArrival((event as Pick<ConversationEvent, 'message'>).message);
    else this.take(event as ConversationEvent);
  }

  view(): unknown {
    const messages = [...this.messages.values()]
      .flatMap((all) => [...all.values()].map((said) => withoutHidden(said, all)))
      .sort(byId);
    return {
      conversations: [...this.conversations.values()].sort(byId),
      messages,
      arrived: messages.map(({ id }) => id).filter((id) => this.arrived.has(id)),
    };
  }

  /** One that was hidden since it was told of is told of again when it comes back. */
  private takeArrival(said: { readonly id: string } | null): void {
    if (said) this.arrived.add(said.id);
  }

  private take({ kind, conversation: shown, conversationId, message: said, messageId }: ConversationEvent): void {
    const messages = this.messages.get(conversationId);
    // One that is not shown does not come back by what happens in it: somebody hid it.
    if (shown && this.conversations.has(shown.id)) this.set(shown);
    switch (kind) {
      case 'OPENED':
        if (shown) this.set(shown);
        return;
      case 'REVISED':
        return;
      case 'HIDDEN':
        this.conversations.delete(conversationId);
        this.messages.delete(conversationId);
        return;
      case 'RESTORED':
        if (shown) this.put(shown);
        return;
      case 'MESSAGE_RESTORED':
        this.arrived.add(messageId ?? '');
        putMessage(messages, said);
        if (messages && said) refer(messages, said);
        return;
      case 'MESSAGE_POSTED':
        return putMessage(messages, said);
      case 'MESSAGE_EDITED':
      case 'MESSAGE_REMOVED':
      case 'REACTED':
      case 'REACTION_WITHDRAWN':
        // One that is not shown does not come back by being changed: somebody hid it.
        if (messages?.has(messageId ?? '')) putMessage(messages, said);
        return;
      case 'MESSAGE_HIDDEN':
        messages?.delete(messageId ?? '');
        return;
      default:
        throw new Error(`Nobody has said what "${kind}" means for a copy of conversations.`);
    }
  }

  private put(shown: ConversationWithAll): void {
    this.set(shown);
    this.messages.set(shown.id, new Map(shown.all.nodes.map((said) => [said.id, said])));
    for (const { id } of shown.all.nodes) this.arrived.add(id);
  }

  private set({ all: _, ...facts }: ConversationWithAll): void {
    this.conversations.set(facts.id, facts);
    if (!this.messages.has(facts.id)) this.messages.set(facts.id, new Map());
  }
}

/** What is said in a conversation that is not shown comes with it. */
function putMessage(messages: Map<string, Answer> | undefined, said: Answered | null): void {
  if (!messages || !said) return;
  const { replies: _, ...facts } = said;
  messages.set(facts.id, facts);
}

const talkers = ({ jon, ida }: Scene) => [jon, ida] as const;
const emojis = ['👍', '🎈', '🔭'] as const;

const deeds: readonly Deed<Scene>[] = [
  {
    name: 'open a conversation',
    do: (scene, picks) => {
      const input = { space: scene.space, title: picks.words(), ...picks.of({}, { message: picks.words() }) };
      return make(picks.of(...talkers(scene)), 'openConversation', input, 'conversation', scene.conversations);
    },
  },
  {
    name: 'revise a conversation',
    do: (scene, picks) => {
      const changed = picks.of({ title: picks.words() }, { channel: picks.of('PARTNER', 'SOCIAL') });
      const input = { conversation: picks.one(scene.conversations), ...changed };
      return attempt(picks.of(...talkers(scene)), 'reviseConversation', input);
    },
  },
  {
    name: 'say something',
    do: (scene, picks) => {
      const input = { conversation: picks.one(scene.conversations), body: picks.words(), mentions: [scene.lea.id] };
      return make(picks.of(...talkers(scene)), 'postMessage', input, 'message', scene.messages);
    },
  },
  {
    name: 'answer',
    do: async (scene, picks) => {
      const replyTo = picks.one(scene.messages);
      const input = { conversation: await conversationOf(scene, replyTo), replyTo, body: picks.words() };
      return make(picks.of(...talkers(scene)), 'postMessage', input, 'message', scene.messages);
    },
  },
  {
    name: 'edit a message',
    do: (scene, picks) => {
      const changed = picks.of({}, { mentions: [scene.jon.id] }, { mentions: [] });
      const input = { message: picks.one(scene.messages), body: picks.words(), ...changed };
      return attempt(picks.of(...talkers(scene)), 'editMessage', input);
    },
  },
  ...(['react', 'withdrawReaction'] as const).map(
    (mutation): Deed<Scene> => ({
      name: mutation,
      do: (scene, picks) => {
        const input = { message: picks.one(scene.messages), emoji: picks.of(...emojis) };
        return attempt(picks.of(...talkers(scene), scene.lea), mutation, input);
      },
    }),
  ),
  {
    name: 'hide a message',
    do: (scene, picks) =>
      attempt(scene.mira, 'hideConversationContent', { content: picks.one(scene.messages), reason: 'off topic' }),
  },
  {
    name: 'restore a message',
    do: (scene, picks) =>
      attempt(scene.mira, 'restoreConversationContent', { content: picks.one(scene.messages), note: 'it was no harm' }),
  },
  {
    name: 'hide a conversation',
    do: (scene, picks) =>
      attempt(scene.mira, 'hideConversationContent', { content: picks.one(scene.conversations), reason: 'off topic' }),
  },
  {
    name: 'restore a conversation',
    do: (scene, picks) =>
      attempt(scene.mira, 'restoreConversationContent', { content: picks.one(scene.conversations), note: 'no harm' }),
  },
  {
    name: 'take a message away',
    do: (scene, picks) => attempt(picks.of(...talkers(scene)), 'removeMessage', { message: picks.one(scene.messages) }),
  },
];

async function conversationOf({ mira }: Scene, id: string | undefined): Promise<string | undefined> {
  if (id === undefined) return undefined;
  const document = 'query ($id: ID!) { message(id: $id) { conversation { id } } }';
  const { message: said } = await mira.run<{ message: { conversation: { id: string } } | null }>(document, { id });
  return said?.conversation.id;
}

const page = `query ($id: ID!, $after: String) { owner: space(id: $id) { page: conversations(first: 20, after: $after) {
  nodes { ${conversationWithAll} } pageInfo { hasNextPage endCursor } } } }`;

export const copiedConversations: CopiedService<Scene> = {
  position: 'conversationsPosition',
  atOnce: 4,
  deeds,
  followers: ({ mira, lea }) => ({ 'a moderator': mira, 'somebody who listens': lea }),
  async prepare(hub) {
    const shared = await openPrivateSpace(hub);
    return { ...shared, conversations: [], messages: [] };
  },
  streams: ({ space }) => [
    {
      field: 'conversationActivity',
      args: `space: "${space}"`,
      selection: `kind conversationId messageId conversation { ${conversationWithAll} } message { ${messageWithReplies} }`,
    },
    { field: 'messagePosted', args: `space: "${space}"`, selection: 'message { id }' },
  ],
  read: async (client, { space }) => new ConversationsCopy(await readPages(client, page, space)),
  async lastWord({ mira, space, conversations }) {
    await make(mira, 'openConversation', { space, title: 'The last one' }, 'conversation', conversations);
    const cursor = await change(mira, 'postMessage', { conversation: conversations.at(-1), body: 'The last word' });
    return { conversationActivity: cursor, messagePosted: cursor };
  },
};
