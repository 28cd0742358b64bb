import { Client } from 'pg';

/** A tie as a hub keeps it; `a` sorts before `b`. */
export interface KeptTie {
  readonly a: string;
  readonly b: string;
  readonly state: string;
  readonly revivals: number;
  readonly aTowardsB: number;
  readonly bTowardsA: number;
  readonly firstAt: Date;
  readonly lastAt: Date;
}

export interface KeptTeamTie {
  readonly one: string;
  readonly other: string;
  readonly state: string;
  readonly revivals: number;
  readonly lastAt: Date;
}

/** What the hub stated in its log about two teams. */
export interface Stated {
  readonly kind: string;
  readonly one: string;
  readonly other: string;
}

export interface KeptTies {
  readonly ties: readonly KeptTie[];
  readonly teamTies: readonly KeptTeamTie[];
  readonly stated: readonly Stated[];
}

const ties = `
  SELECT a, b, upper(state) AS state, epoch AS revivals, weight AS "aTowardsB", returned AS "bTowardsA",
    first_at AS "firstAt", last_at AS "lastAt"
  FROM people.tie WHERE a < b`;
const teamTies = `
  SELECT g AS one, h AS other, state, epoch AS revivals, last_at AS "lastAt" FROM people.team_tie WHERE interactions > 0`;
const stated = `
  SELECT e.type AS kind, t.g AS one, t.h AS other FROM people.event e JOIN people.team_tie t ON t.id = e.subject
  WHERE e.type LIKE 'people.teamTie.%' ORDER BY e.epoch, e.xid, e.seq`;

export async function readKeptTies(databaseUrl: string): Promise<KeptTies> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    return {
      ties: (await client.query<KeptTie>(ties)).rows,
      teamTies: (await client.query<KeptTeamTie>(teamTies)).rows,
      stated: (await client.query<Stated>(stated)).rows,
    };
  } finally {
    await client.end();
  }
}
