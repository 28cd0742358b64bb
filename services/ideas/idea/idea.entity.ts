import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('idea')
export class Idea {
  @PrimaryColumn('text')
  id: string;

  @Column('text', { name: 'space_id' })
  spaceId: string;

  @Column('text', { name: 'challenge_id', nullable: true })
  challengeId: string | null;

  @Column('text')
  title: string;

  @Column('text')
  body: string;

  @Column('text')
  stage: string;

  @Column('text', { array: true })
  tags: string[];

  @Column('text', { name: 'author_ids', array: true })
  authorIds: string[];

  @Column('text', { name: 'team_id', nullable: true })
  teamId: string | null;

  @Column('text', { name: 'participating_team_ids', array: true })
  participatingTeamIds: string[];

  @Column('integer')
  revision: number;

  @Column('integer', { name: 'endorsement_count' })
  endorsementCount: number;

  @Column('integer', { name: 'contribution_count' })
  contributionCount: number;

  @Column('timestamp with time zone', { name: 'created_at', precision: 3 })
  createdAt: Date;

  @Column('timestamp with time zone', { name: 'updated_at', precision: 3 })
  updatedAt: Date;

  /** When a moderator hid it; null for what is shown. */
  @Column('timestamp with time zone', { name: 'hidden_at', precision: 3, nullable: true })
  hiddenAt: Date | null;
}
