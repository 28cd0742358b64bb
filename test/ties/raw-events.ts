import { Client } from 'pg';
import type { EventData, EventType } from '#kernel/events/catalogue.js';

/** An event as its log holds it, whatever wrote it. */
export type RawEvent = { [Type in EventType]: Raw<Type> }[EventType];

interface Raw<Type extends EventType> {
  readonly id: string;
  readonly type: Type;
  readonly subject: string;
  readonly time: Date;
  readonly actor: string | null;
  readonly data: EventData<Type>;
}

export interface RawMembership {
  readonly id: string;
  readonly person: string;
  readonly team: string;
  readonly beganAt: Date;
  readonly endedAt: Date | null;
}

export interface RawPerson {
  readonly id: string;
  readonly party: string;
  readonly organization: string | null;
}

/** All that ties follow from. */
export interface RawHistory {
  readonly events: readonly RawEvent[];
  readonly memberships: readonly RawMembership[];
  readonly people: readonly RawPerson[];
}

const telling: readonly EventType[] = [
  'people.interaction.recorded',
  'ideas.contribution.added',
  'ideas.idea.endorsed',
  'conversations.message.posted',
  'conversations.message.edited',
  'conversations.message.reacted',
];

const logs = ['people', 'ideas', 'conversations'];
const events = logs
  .map((log) => `SELECT id, type, subject, time, actor, data FROM ${log}.event WHERE type = ANY($1)`)
  .join(' UNION ALL ');

/** Reads a hub's database past all of its code, so that a mistake of the code is not repeated here. */
export async function readRawHistory(databaseUrl: string): Promise<RawHistory> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    return {
      events: (await client.query<RawEvent>(events, [telling])).rows,
      memberships: (
        await client.query<RawMembership>(
          'SELECT id, person_id AS person, team_id AS team, began_at AS "beganAt", ended_at AS "endedAt" FROM people.membership',
        )
      ).rows,
      people: (await client.query<RawPerson>('SELECT id, party, organization_id AS organization FROM people.person'))
        .rows,
    };
  } finally {
    await client.end();
  }
}
