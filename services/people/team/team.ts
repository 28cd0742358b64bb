import { invalid, notFound } from '#kernel/errors/user-error.js';
import { checkText } from '#kernel/write/check-text.js';
import { requireOrganization } from '../organization/organization.js';
import type { PeopleContext } from '../people-context.js';
import { Team } from './team.entity.js';
import { checkMayKeepTeams } from './team.policy.js';
import { teamsAbove } from './team.repository.js';

export interface FormTeam {
  readonly name: string;
  readonly purpose?: string | null;
  readonly organization?: string | null;
  readonly parent?: string | null;
  readonly idempotencyKey?: string | null;
}

/** Forms a team, of an organisation or across several. */
export async function formTeam(ctx: PeopleContext, input: FormTeam): Promise<ChangedTeam> {
  checkMayKeepTeams(ctx.viewer);
  checkWords(input);
  await requireNamed(ctx, input);
  const { result: id, cursor } = await ctx.write({ name: 'formTeam', input }, async (tx) => {
    const team = newTeam(ctx, input);
    await tx.manager.insert(Team, team);
    tx.append({
      type: 'people.team.formed',
      subject: team.id,
      data: { organization: team.organizationId, parent: team.parentId },
    });
    return team.id;
  });
  return { team: await ctx.teams.load(id), cursor };
}

export interface ReviseTeam {
  readonly team: string;
  readonly name?: string | null;
  readonly purpose?: string | null;
  /** Null takes the team out of its organisation. */
  readonly organization?: string | null;
  /** Null makes it a team of its own. */
  readonly parent?: string | null;
  readonly idempotencyKey?: string | null;
}

/** Changes facts of a team. */
export async function reviseTeam(ctx: PeopleContext, input: ReviseTeam): Promise<ChangedTeam> {
  checkMayKeepTeams(ctx.viewer);
  checkWords(input);
  const { id, organizationId: before } = await requireTeam(ctx, input.team, 'team');
  await requireNamed(ctx, input);
  const change = readChange(input);
  const { cursor } = await ctx.write({ name: 'reviseTeam', input }, async (tx) => {
    if (change.parentId && (await teamsAbove(tx, [change.parentId])).has(id)) throw circle();
    await tx.manager.update(Team, { id }, { ...change, updatedAt: ctx.now() });
    const organization = change.organizationId === undefined ? before : change.organizationId;
    tx.append({ type: 'people.team.revised', subject: id, data: { changed: Object.keys(change), organization } });
    return id;
  });
  ctx.teams.clear(id);
  return { team: await ctx.teams.load(id), cursor };
}

export interface ChangedTeam {
  readonly team: Team | null;
  readonly cursor: string | null;
}

export async function requireTeam(ctx: PeopleContext, id: string, ...path: string[]): Promise<Team> {
  const team = await ctx.teams.load(id);
  if (!team) throw notFound('team', id, ...path);
  return team;
}

function newTeam(ctx: PeopleContext, input: FormTeam): Team {
  const now = ctx.now();
  return {
    id: ctx.newId('Team'),
    name: input.name.trim(),
    purpose: input.purpose ?? '',
    organizationId: input.organization ?? null,
    parentId: input.parent ?? null,
    createdAt: now,
    updatedAt: now,
  };
}

function checkWords(input: Pick<ReviseTeam, 'name' | 'purpose'>): void {
  if (input.name != null) checkText(input.name, 'name', 1, 300);
  if (input.purpose != null) checkText(input.purpose, 'purpose', 0, 65_536);
}

async function requireNamed(ctx: PeopleContext, input: Pick<ReviseTeam, 'organization' | 'parent'>): Promise<void> {
  if (input.organization) await requireOrganization(ctx, input.organization, 'organization');
  if (input.parent) await requireTeam(ctx, input.parent, 'parent');
}

function readChange(input: ReviseTeam): Partial<Team> {
  const change = {
    ...(input.name != null ? { name: input.name.trim() } : {}),
    ...(input.purpose != null ? { purpose: input.purpose } : {}),
    ...(input.organization !== undefined ? { organizationId: input.organization } : {}),
    ...(input.parent !== undefined ? { parentId: input.parent } : {}),
  };
  if (Object.keys(change).length === 0) throw invalid('Say what changes: name, purpose, organization or parent.');
  return change;
}

function circle() {
  return invalid('A team cannot lie below itself; choose a parent that is not one of the teams below it.', 'parent');
}
