import { contributing, hidden, type MutationRule, moderators, tending } from './mutation-rule.js';
import type { World } from './world.js';

const newContribution = ({ act, people, ids }: World) =>
  act(people.owner, 'contributeToIdea', { idea: ids.idea, type: 'BUILD', body: 'More' }, 'contribution');
export const newMessage = ({ act, people, ids }: World) =>
  act(people.owner, 'postMessage', { conversation: ids.conversation, body: 'More' }, 'message');

/** Contents of mira's in different states of moderation. */
const kinds = {
  Idea: newContribution,
  Conversation: newMessage,
} as const;

async function reported(world: World, kind: keyof typeof kinds): Promise<string> {
  const content = await kinds[kind](world);
  await world.act(world.people.member, `report${kind}Content`, { content, reason: 'OTHER' });
  return content;
}

async function hiddenContent(world: World, kind: keyof typeof kinds): Promise<string> {
  const content = await kinds[kind](world);
  await world.act(world.hub.admin, `hide${kind}Content`, { content, reason: 'No.' });
  return content;
}

async function appealed(world: World, kind: keyof typeof kinds): Promise<string> {
  const content = await hiddenContent(world, kind);
  await world.act(world.people.owner, `appeal${kind}Hiding`, { content, text: 'Yes.' });
  return content;
}

/** Everything moderators and authors do about contents of one kind. */
export const moderation = (kind: keyof typeof kinds) =>
  ({
    [`report${kind}Content`]: contributing(async (world) => ({ content: await kinds[kind](world), reason: 'OTHER' })),
    [`hide${kind}Content`]: tending(async (world) => ({ content: await kinds[kind](world), reason: 'No.' })),
    [`restore${kind}Content`]: {
      input: async (world: World) => ({ content: await hiddenContent(world, kind), note: 'Yes.' }),
      may: moderators,
      otherwise: hidden,
    },
    [`dismiss${kind}Reports`]: tending(async (world) => ({
      content: await reported(world, kind),
      note: 'No.',
    })),
    [`appeal${kind}Hiding`]: {
      input: async (world: World) => ({ content: await hiddenContent(world, kind), text: 'Yes.' }),
      may: [],
      otherwise: { ...hidden, moderator: 'FORBIDDEN', administrator: 'FORBIDDEN' },
    },
    [`decide${kind}Appeal`]: {
      input: async (world: World) => ({ content: await appealed(world, kind), note: 'Yes.', decision: 'RESTORE' }),
      may: moderators,
      otherwise: hidden,
    },
  }) satisfies Record<string, MutationRule>;
