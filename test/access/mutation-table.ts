import { moderation, newMessage } from './moderation-table.js';
import {
  administering,
  byAuthorOrAdministrator,
  contributing,
  forbidden,
  forEverybody,
  hidden,
  type MutationRule,
  moderators,
  seeOwner,
  seesButMayNot,
  tending,
} from './mutation-rule.js';
import type { World } from './world.js';

const retrying: MutationRule = {
  input: () => ({ event: 'event_that_is_not_there' }),
  may: [],
  otherwise: { ...forbidden, administrator: 'NOT_FOUND' },
};

const newIdea = ({ act, people, ids }: World) =>
  act(people.owner, 'submitIdea', { space: ids.space, title: 'One more' }, 'idea');
export const mutations: Readonly<Record<string, MutationRule>> = {
  openSpace: {
    input: () => ({ name: 'Mine', visibility: 'PRIVATE' }),
    may: ['member', 'outsider', 'moderator', 'administrator'],
    otherwise: forbidden,
  },
  reviseSpace: tending(({ ids }) => ({ space: ids.space, purpose: 'To work' })),
  joinSpace: forEverybody(({ ids }) => ({ space: ids.open })),
  leaveSpace: forEverybody(async ({ ids, act, viewers }, column) => {
    if (column !== 'anonymous') await act(viewers[column], 'joinSpace', { space: ids.open });
    return { space: ids.open };
  }),
  addSpaceMember: tending(({ ids, people }) => ({ space: ids.space, person: people.zoe.id, role: 'OBSERVER' })),
  removeSpaceMember: tending(async ({ ids, people, act }) => {
    const member = { space: ids.space, person: people.zoe.id };
    await act(people.owner, 'addSpaceMember', { ...member, role: 'OBSERVER' });
    return member;
  }),
  inviteToSpace: tending(({ ids }) => ({ space: ids.space, role: 'GUEST', email: 'c@d.example' })),
  acceptInvitation: { input: () => ({ token: 'weft_inv_unknown' }), may: [], otherwise: hidden },
  declineInvitation: { input: () => ({ token: 'weft_inv_unknown' }), may: [], otherwise: hidden },
  revokeInvitation: {
    async input({ ids, people, act }) {
      const sent = { space: ids.space, role: 'GUEST', email: 'e@f.example' };
      return { invitation: await act(people.owner, 'inviteToSpace', sent, 'invitation') };
    },
    may: moderators,
    otherwise: hidden,
  },
  appointOrganizationAdministrator: administering(({ ids }) => ({ organization: ids.host, person: ids.owner })),
  dismissOrganizationAdministrator: administering(async ({ ids, act, hub }) => {
    const named = { organization: ids.host, person: ids.owner };
    await act(hub.admin, 'appointOrganizationAdministrator', named);
    return named;
  }),
  proposeSharingAgreement: administering(({ ids }) => proposal(ids)),
  signSharingAgreement: {
    input: ({ ids }) => ({ sharingAgreement: ids.agreement, organization: ids.host }),
    may: ['administrator'],
    otherwise: hidden,
  },
  revokeSharingAgreement: {
    async input({ ids, act, hub }) {
      const sharingAgreement = await act(hub.admin, 'proposeSharingAgreement', proposal(ids), 'sharingAgreement');
      return { sharingAgreement, organization: ids.host };
    },
    may: ['administrator'],
    otherwise: hidden,
  },

  openChallenge: {
    input: ({ ids }) => ({ space: ids.space, title: 'Why?' }),
    may: ['member', 'moderator', 'administrator'],
    otherwise: { ...hidden, guest: 'FORBIDDEN', partner: 'FORBIDDEN' },
  },
  reviseChallenge: byAuthorOrAdministrator(({ ids }) => ({ challenge: ids.challenge, body: 'Secret' })),
  submitIdea: contributing(({ ids }) => ({ space: ids.space, title: 'Another' })),
  reviseIdea: byAuthorOrAdministrator(async (world) => ({
    idea: await newIdea(world),
    baseRevision: 1,
    title: 'Other words',
  })),
  moveIdea: byAuthorOrAdministrator(({ ids }) => ({ idea: ids.base, stage: 'moved' })),
  contributeToIdea: contributing(({ ids }) => ({ idea: ids.idea, type: 'QUESTION', body: 'How?' })),
  reviseContribution: byAuthorOrAdministrator(({ ids }) => ({ contribution: ids.contribution, body: 'Other' })),
  endorseIdea: contributing(({ ids }) => ({ idea: ids.idea })),
  withdrawEndorsement: contributing(({ ids }) => ({ idea: ids.idea })),
  ...moderation('Idea'),

  openConversation: contributing(({ ids }) => ({ space: ids.space, title: 'Talk' })),
  reviseConversation: byAuthorOrAdministrator(({ ids }) => ({ conversation: ids.conversation, title: 'Secret' })),
  postMessage: contributing(({ ids }) => ({ conversation: ids.conversation, body: 'Hello' })),
  editMessage: {
    input: ({ ids }) => ({ message: ids.message, body: 'Other words' }),
    may: [],
    otherwise: { ...seesButMayNot, administrator: 'FORBIDDEN' },
  },
  removeMessage: byAuthorOrAdministrator(async (world) => ({ message: await newMessage(world) })),
  react: contributing(({ ids }) => ({ message: ids.message, emoji: '🎉' })),
  withdrawReaction: contributing(({ ids }) => ({ message: ids.message, emoji: '🎉' })),
  ...moderation('Conversation'),

  registerPerson: administering(() => ({ name: 'New' })),
  revisePerson: administering(({ ids }) => ({ person: ids.owner, skills: ['sewing'] })),
  declarePerspectives: forEverybody(() => ({ perspectives: [{ dimension: 'field', value: 'law' }] })),
  erasePerson: administering(async ({ act, hub }) => ({
    person: await act(hub.admin, 'registerPerson', { name: 'Soon gone' }, 'person'),
  })),
  registerOrganization: administering(() => ({ name: 'New', relation: 'PUBLIC' })),
  reviseOrganization: administering(({ ids }) => ({ organization: ids.dune, domains: ['dune.example'] })),
  formTeam: administering(() => ({ name: 'New' })),
  reviseTeam: administering(({ ids }) => ({ team: ids.team, purpose: 'Core things' })),
  joinTeam: { input: ({ ids }) => ({ team: ids.team }), may: seeOwner, otherwise: hidden },
  leaveTeam: {
    async input({ ids, act, viewers }, column) {
      if (seeOwner.includes(column)) await act(viewers[column], 'joinTeam', { team: ids.team });
      return { team: ids.team };
    },
    may: seeOwner,
    otherwise: hidden,
  },
  issueAccessToken: forEverybody(() => ({ name: 'more' })),
  revokeAccessToken: {
    async input({ ids, act, hub }) {
      const issued = { name: 'short', person: ids.owner };
      return { accessToken: await act(hub.admin, 'issueAccessToken', issued, 'accessToken') };
    },
    may: ['administrator'],
    otherwise: hidden,
  },
  rotateAccessToken: {
    async input({ ids, act, hub }) {
      const issued = { name: 'short', person: ids.owner };
      return { accessToken: await act(hub.admin, 'issueAccessToken', issued, 'accessToken') };
    },
    may: ['administrator'],
    otherwise: hidden,
  },
  createApiClient: administering(({ ids }) => ({ name: 'New', organization: ids.host, scopes: ['spaces:read'] })),
  rotateApiClient: {
    input: async (world) => ({ apiClient: await newClient(world) }),
    may: ['administrator'],
    otherwise: hidden,
  },
  revokeApiClient: {
    input: async (world) => ({ apiClient: await newClient(world) }),
    may: ['administrator'],
    otherwise: hidden,
  },
  linkIdentity: administering(({ people }) => ({
    person: people.zoe.id,
    issuer: 'https://idp.example',
    subject: nextSubject(),
  })),
  unlinkIdentity: administering(async ({ people, act, hub }) => {
    const linked = { person: people.zoe.id, issuer: 'https://idp.example', subject: nextSubject() };
    return { identity: await act(hub.admin, 'linkIdentity', linked, 'identity') };
  }),
  suspendPerson: administering(async ({ act, hub }) => ({
    person: await act(hub.admin, 'registerPerson', { name: 'Out' }, 'person'),
  })),
  reportPerson: {
    input: ({ ids }) => ({ person: ids.owner, reason: 'OTHER' }),
    may: seeOwner,
    otherwise: hidden,
  },
  dismissPersonReports: administering(({ ids }) => ({ person: ids.owner, note: 'No.' })),
  reinstatePerson: administering(({ ids }) => ({ person: ids.owner })),
  setConsent: forEverybody(() => ({ ties: true })),
  retryPeopleDeadLetter: retrying,
  retryIdeasDeadLetter: retrying,
  retryConversationsDeadLetter: retrying,
  importPeopleRecords: administering(() => ({ source: 'x', records: [] })),
  importIdeaRecords: administering(() => ({ source: 'x', records: [] })),
  importConversationRecords: administering(() => ({ source: 'x', records: [] })),
};

/** What a program of the host does in the workshop with every scope it can have; everything else takes a person. */
export const doneByPrograms: readonly string[] = [
  'openChallenge',
  'submitIdea',
  'contributeToIdea',
  'openConversation',
  'postMessage',
  'importPeopleRecords',
  'importIdeaRecords',
  'importConversationRecords',
];

/** What a program does for its own words only; those of others that were hidden do not exist for it. */
export const doneByTheirAuthors: readonly string[] = ['appealIdeaHiding', 'appealConversationHiding'];

let subjects = 0;
const nextSubject = () => {
  subjects += 1;
  return `subject ${subjects}`;
};

const newClient = ({ act, hub, ids }: World) =>
  act(hub.admin, 'createApiClient', { name: 'C', organization: ids.host, scopes: ['spaces:read'] }, 'apiClient');

function proposal({ host, birch, space }: World['ids']) {
  return { organization: host, partners: [birch], spaces: [space], rights: ['READ'] };
}
