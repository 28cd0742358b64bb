import type { PartyKind } from '#kernel/auth/viewer.js';
import { invalid, notFound } from '#kernel/errors/user-error.js';
import { checkText, checkTexts } from '#kernel/write/check-text.js';
import type { Organization } from '../organization/organization.entity.js';
import { requireOrganization } from '../organization/organization.js';
import type { PeopleContext } from '../people-context.js';
import { Person } from './person.entity.js';
import { checkMayRegisterPeople, checkMayRevisePerson } from './person.policy.js';
import { claimHandle } from './person.repository.js';

export interface RegisterPerson {
  readonly name: string;
  readonly handle?: string | null;
  readonly party?: PartyKind | null;
  readonly organization?: string | null;
  readonly skills?: readonly string[] | null;
  readonly idempotencyKey?: string | null;
}

/** Makes a person known to the hub. */
export async function registerPerson(ctx: PeopleContext, input: RegisterPerson): Promise<ChangedPerson> {
  checkMayRegisterPeople(ctx.viewer);
  checkFacts(input);
  const organization = input.organization ? await requireOrganization(ctx, input.organization, 'organization') : null;
  const { result: id, cursor } = await ctx.write({ name: 'registerPerson', input }, async (tx) => {
    const person = newPerson(ctx, input, organization);
    await claimHandle(person.handle, () => tx.manager.insert(Person, person));
    tx.append({
      type: 'people.person.registered',
      subject: person.id,
      data: { organization: person.organizationId, party: person.party },
    });
    return person.id;
  });
  return { person: await ctx.people.load(id), cursor };
}

export interface RevisePerson {
  readonly person: string;
  readonly name?: string | null;
  /** Null takes the handle away. */
  readonly handle?: string | null;
  readonly party?: PartyKind | null;
  /** Null takes the person out of the organisation. */
  readonly organization?: string | null;
  readonly skills?: readonly string[] | null;
  readonly idempotencyKey?: string | null;
}

/** Changes facts of a person: their own words by themselves, what decides access by an administrator. */
export async function revisePerson(ctx: PeopleContext, input: RevisePerson): Promise<ChangedPerson> {
  const change = readChange(input);
  checkMayRevisePerson(ctx.viewer, input.person, change);
  checkFacts(input);
  const { id, organizationId: before } = await requirePerson(ctx, input.person, 'person');
  if (input.organization) await requireOrganization(ctx, input.organization, 'organization');
  if (Object.keys(change).length === 0) throw invalid('Say what changes: name, handle, party, organization or skills.');
  const { cursor } = await ctx.write({ name: 'revisePerson', input }, async (tx) => {
    await claimHandle(change.handle, () => tx.manager.update(Person, { id }, { ...change, updatedAt: ctx.now() }));
    const organization = change.organizationId === undefined ? before : change.organizationId;
    tx.append({ type: 'people.person.revised', subject: id, data: { changed: Object.keys(change), organization } });
    return id;
  });
  ctx.people.clear(id);
  return { person: await ctx.people.load(id), cursor };
}

export interface ChangedPerson {
  readonly person: Person | null;
  readonly cursor: string | null;
}

export async function requirePerson(ctx: PeopleContext, id: string, ...path: string[]): Promise<Person> {
  const person = await ctx.people.load(id);
  if (!person) throw notFound('person', id, ...path);
  return person;
}

/** The party of somebody of whom nothing else is said. */
export function partyIn(organization: Pick<Organization, 'relation'> | null): PartyKind {
  if (organization === null) return 'public';
  return organization.relation === 'host' ? 'internal' : organization.relation;
}

export function newPerson(ctx: PeopleContext, input: RegisterPerson, organization: Organization | null): Person {
  const now = ctx.now();
  return {
    id: ctx.newId('Person'),
    name: input.name.trim(),
    handle: input.handle ?? null,
    party: input.party ?? partyIn(organization),
    organizationId: organization?.id ?? null,
    skills: [...new Set(input.skills ?? [])],
    administrator: false,
    createdAt: now,
    updatedAt: now,
  };
}

type Facts = Pick<RevisePerson, 'name' | 'handle' | 'skills'>;

function checkFacts({ name, handle, skills }: Facts): void {
  if (name != null) checkText(name, 'name', 1, 300);
  if (handle != null) checkHandle(handle);
  if (skills != null) checkTexts(skills, 'skills', 1_000, 200);
}

/** Handles are written behind an "@" in the middle of a text, so they cannot contain what ends them there. */
function checkHandle(handle: string): void {
  checkText(handle, 'handle', 1, 200);
  if (/\s/u.test(handle)) throw invalid('A handle has no white space.', 'handle');
}

function readChange(input: RevisePerson): Partial<Person> {
  return {
    ...(input.name != null ? { name: input.name.trim() } : {}),
    ...(input.handle !== undefined ? { handle: input.handle } : {}),
    ...(input.party != null ? { party: input.party } : {}),
    ...(input.organization !== undefined ? { organizationId: input.organization } : {}),
    ...(input.skills != null ? { skills: [...new Set(input.skills)] } : {}),
  };
}
